import { describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { jsonOf, launch, lines, listenToLog, makeWorkflow, outcomeOf, synology } from './engine';
import { Poller } from './poller';
import { callsSince, withNas } from './support';

/** What a poll was rejected with. */
async function failureOf(work: Promise<unknown>): Promise<Record<string, unknown>> {
	try {
		await work;
	} catch (error) {
		return error as Record<string, unknown>;
	}
	throw new Error('The poll did not fail.');
}

describe.each([
	['changed in place', false],
	['durable', true],
])('the trigger, with a cursor that is %s,', (_title, durable) => {
	test('starts at now, and gives each new message once and in order', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const poller = new Poller(credentials, { durable });
			expect(await poller.tick()).toBeUndefined();
			const now = chat.now();
			chat.postAs('bob', 'ops', 'one', { at: now + 1 });
			chat.postAs('carol', 'General', 'two', { at: now + 2 });
			chat.postAs('bob', 'ops', 'three', { at: now + 3 });
			expect(await poller.texts()).toEqual(['one', 'two', 'three']);
			expect(await poller.tick()).toBeUndefined();
		});
	});

	test('goes on where it was after a restart of n8n', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const before = new Poller(credentials, { durable });
			await before.tick();
			chat.postAs('bob', 'ops', 'seen');
			await before.tick();
			chat.postAs('bob', 'ops', 'while n8n was down');
			const after = new Poller(credentials, { durable, stored: before.stored(durable) });
			expect(await after.texts()).toEqual(['while n8n was down']);
			expect(await after.tick()).toBeUndefined();
		});
	});

	test('logs in again when the session is lost', async () => {
		await withNas({}, async ({ simulator, chat, credentials }) => {
			const poller = new Poller(credentials, { durable });
			await poller.tick();
			simulator.nas.faults.loseSessions();
			chat.postAs('bob', 'ops', 'still here');
			expect(await poller.texts()).toEqual(['still here']);
			expect(simulator.logins).toBe(2);
		});
	});

	test('loses nothing of 250 messages that came since the last poll', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const poller = new Poller(credentials, { durable });
			await poller.tick();
			const texts = Array.from({ length: 250 }, (_, index) => `message ${index}`);
			for (const text of texts) chat.postAs('bob', 'ops', text);
			expect(await poller.texts()).toEqual(texts);
			expect(await poller.tick()).toBeUndefined();
		});
	});

	test('gives a backlog in parts when the time for a poll is short, without a gap', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const start = new Poller(credentials, { durable });
			await start.tick();
			const texts = Array.from({ length: 170 }, (_, index) => `message ${index}`);
			for (const text of texts) chat.postAs('bob', 'ops', text);
			const poller = new Poller(credentials, { durable, stored: start.stored(durable), budgetMs: 0 });
			const parts = [
				await poller.texts(),
				await poller.texts(),
				await poller.texts(),
				await poller.texts(),
				await poller.texts(),
			];
			expect(parts.flatMap((part) => part ?? [])).toEqual(texts);
			expect(parts[0]?.length).toBeLessThan(100);
		});
	});

	test('stays where it is while the NAS restarts, and then brings what came in between', async () => {
		await withNas({}, async ({ simulator, chat, credentials }) => {
			const poller = new Poller(credentials, { durable });
			await poller.tick();
			const stored = poller.stored(durable);
			chat.postAs('bob', 'ops', 'before the restart');
			simulator.reboot({ badGatewayFor: 20 });
			const error = await failureOf(poller.tick());
			expect(error).toMatchObject({
				name: 'NodeApiError',
				failure: { cause: 'temporarily-unavailable', retryAfterMs: 5000 },
			});
			expect(poller.stored(durable)).toEqual(stored);
			simulator.nas.faults.clear();
			chat.postAs('bob', 'ops', 'after the restart');
			expect(await poller.texts()).toEqual(['before the restart', 'after the restart']);
		});
	}, 60_000);

	test('starts anew when its parameters are changed', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const all = new Poller(credentials, { durable });
			await all.tick();
			chat.postAs('bob', 'ops', 'before the change');
			const filtered = new Poller(credentials, {
				durable,
				stored: all.stored(durable),
				parameters: { keyword: 'urgent' },
			});
			expect(await filtered.tick()).toBeUndefined();
			chat.postAs('bob', 'ops', 'so so');
			chat.postAs('bob', 'ops', 'URGENT: disk');
			expect(await filtered.texts()).toEqual(['URGENT: disk']);
		});
	});
});

describe('the trigger', () => {
	test('gives events again whose hand-off broke, when the cursor is durable', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const poller = new Poller(credentials, { durable: true });
			await poller.tick();
			chat.postAs('bob', 'ops', 'precious');
			poller.breakHandOff = true;
			await failureOf(poller.tick());
			poller.breakHandOff = false;
			expect(await poller.texts()).toEqual(['precious']);
		});
	});

	test('gives an event once when two polls of the same node overlap', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const poller = new Poller(credentials);
			await poller.tick();
			chat.postAs('bob', 'ops', 'once');
			await Promise.all([poller.tick(), poller.tick(), poller.tick()]);
			expect(poller.emitted.map(({ text }) => text)).toEqual(['once']);
		});
	});

	test('starts at now when its credential leads to another account, and says so', async () => {
		await withNas({}, async ({ simulator, chat, credentials, credential }) => {
			const alice = new Poller(credentials);
			await alice.tick();
			chat.postAs('bob', 'ops', 'to alice');
			simulator.nas.user('carol').password = 'secret of carol';
			const account = { account: 'carol', password: 'secret of carol' };
			listenToLog();
			lines.length = 0;
			const carol = new Poller({ nas: { ...credential, ...account } }, { stored: alice.stored() });
			expect(await carol.tick()).toBeUndefined();
			expect(lines.filter((line) => line.includes('another NAS or account'))).toHaveLength(1);
			chat.postAs('bob', 'General', 'to all');
			expect(await carol.texts()).toEqual(['to all']);
		});
	});

	test('goes on from what version 1 stored under its credential', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const poller = new Poller(credentials);
			await poller.tick();
			const { cursor, recent } = JSON.parse(String(poller.stored()['state'])) as { cursor: unknown; recent: unknown };
			// What version 1 read from the form, under the ID of the credential.
			const about = JSON.stringify(['messageReceived', '1', { scope: 'all', keyword: '' }]);
			const of = createHash('sha256').update(about).digest('hex').slice(0, 16);
			chat.postAs('bob', 'ops', 'meanwhile');
			const again = new Poller(credentials, { stored: { state: JSON.stringify({ v: 1, of, cursor, recent }) } });
			expect(await again.texts()).toEqual(['meanwhile']);
			expect(JSON.parse(String(again.stored()['state']))).toMatchObject({ v: 2 });
		});
	});

	test('tells an event without its file when that cannot be read three times, and what came before at once', async () => {
		await withNas({}, async ({ simulator, chat, credentials }) => {
			const poller = new Poller(credentials, { parameters: { event: 'fileReceived', download: true } });
			await poller.tick();
			const post = (name: string) => chat.postAs('bob', 'ops', name, { file: { name, content: name } });
			const [, bad] = [post('one.txt'), post('two.txt'), post('three.txt')];
			simulator.use({
				'SYNO.Chat.Post.File.get': ({ params }) =>
					JSON.stringify(params).includes(String(bad!.post_id)) ? { error: 407 } : undefined,
			});
			const named = () =>
				poller.items.map(({ json, binary }) => [json['text'], binary?.['data']?.fileName, json['file_error']]);
			await poller.tick();
			expect(named()).toEqual([['one.txt', 'one.txt', undefined]]);
			expect(await failureOf(poller.tick())).toMatchObject({ name: 'NodeApiError' });
			await poller.tick();
			expect(named()).toEqual([
				['two.txt', undefined, expect.stringContaining('407')],
				['three.txt', 'three.txt', undefined],
			]);
		});
	});

	test('asks one question when nothing has happened', async () => {
		await withNas({}, async ({ simulator, credentials }) => {
			const poller = new Poller(credentials);
			await poller.tick();
			// Messages of the last two seconds are looked at once more.
			await poller.tick();
			const before = simulator.requests.length;
			await poller.tick();
			expect(callsSince(simulator, before)).toHaveLength(1);
		});
	});

	test('costs as much for five workflows as for one, although n8n starts their polls one after the other', async () => {
		await withNas({}, async ({ simulator, chat, credentials }) => {
			const pollers = Array.from({ length: 5 }, (_, index) => new Poller(credentials, { name: `Trigger ${index}` }));
			/** Each poll begins some turns of the event loop after the one before, as when a database is asked in between. */
			const ticks = async (some: readonly Poller[]) => {
				const before = simulator.requests.length;
				const begun: Promise<unknown>[] = [];
				for (const poller of some) {
					begun.push(poller.texts());
					for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
				}
				return { texts: await Promise.all(begun), calls: callsSince(simulator, before) };
			};
			await ticks(pollers);
			chat.postAs('bob', 'ops', 'to all');
			const alone = await ticks([new Poller(credentials, { name: 'Trigger 0', stored: pollers[0]!.stored() })]);
			const { texts, calls } = await ticks(pollers);
			expect(texts).toEqual(Array.from({ length: 5 }, () => ['to all']));
			expect(calls.length).toBeGreaterThan(0);
			expect(calls.length).toBeLessThanOrEqual(alone.calls.length);
		});
	});

	test('keeps at most ten fields of an event when it simplifies', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const poller = new Poller(credentials, { parameters: { simplify: true } });
			await poller.tick();
			const post = chat.postAs('bob', 'ops', 'short');
			const [event] = (await poller.tick()) ?? [];
			expect(event).toMatchObject({
				post_id: String(post.post_id),
				channel_name: 'ops',
				creator_name: 'Bob',
				text: 'short',
			});
			expect(Object.keys(event ?? {})).toHaveLength(10);
		});
	});

	test('tries a wrong password once, however many triggers use it, and tells n8n that the credential is to blame', async () => {
		await withNas({}, async ({ simulator, credential }) => {
			const password = 'certainly-wrong-secret';
			const credentials = { nas: { ...credential, password } };
			const pollers = Array.from({ length: 20 }, (_, index) => new Poller(credentials, { name: `Trigger ${index}` }));
			const errors = await Promise.all(pollers.map(async (poller) => await failureOf(poller.tick())));
			expect(errors.map(({ failure }) => failure)).toEqual(
				Array.from({ length: 20 }, () => ({ cause: 'credential-invalid' })),
			);
			await failureOf(pollers[0]!.tick());
			expect(simulator.logins).toBe(1);
			expect(
				JSON.stringify(errors.map(({ message, description, stack }) => [message, description, stack])),
			).not.toContain(password);
			expect(lines.join('\n')).not.toContain(password);
		});
	});

	test('tells n8n that the configuration is to blame when Chat is missing, and says what to install', async () => {
		await withNas({ packages: [] }, async ({ credentials }) => {
			const error = await failureOf(new Poller(credentials).tick());
			expect(error).toMatchObject({
				failure: { cause: 'configuration-invalid' },
				description: 'Install or start the package "Synology Chat Server" in Package Center, or update it.',
			});
		});
	});

	test('gives the newest messages for a try, and touches nothing', async () => {
		await withNas({}, async ({ credentials }) => {
			const node = synology('synologyChatTrigger', { event: 'messageReceived' }, { name: 'Trigger' });
			const workflow = makeWorkflow([node]);
			const { run } = await launch(workflow, node, [{ json: {} }], credentials, 'manual');
			const { status, outputs } = outcomeOf(await run, 'Trigger');
			expect(status).toBe('success');
			expect(jsonOf(outputs[0]).map(({ text }) => text)).toContain('Cake in the kitchen');
			expect(outputs[0]?.length).toBeLessThanOrEqual(10);
			expect(workflow.staticData).toEqual({});
		});
	});

	test('shows an example of the fields that says what it is when there is nothing to try', async () => {
		await withNas({}, async ({ credentials }) => {
			const node = synology(
				'synologyChatTrigger',
				{ event: 'messageReceived', keyword: 'no such word' },
				{ name: 'Trigger' },
			);
			const { run } = await launch(makeWorkflow([node]), node, [{ json: {} }], credentials, 'manual');
			const [event] = jsonOf(outcomeOf(await run, 'Trigger').outputs[0]);
			expect(event).toMatchObject({
				_example: expect.stringMatching(/^Made up: /),
				post_id: '1',
				text: 'example text',
				create_at: '2026-01-15T09:30:00.000Z',
			});
			// As with events of the NAS, Simplify leaves the rest out.
			expect(event).not.toHaveProperty('reactions');
			expect(Object.keys(event!)).toHaveLength(1 + 10);
		});
	});
});
