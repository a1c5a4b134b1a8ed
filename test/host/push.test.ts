import { describe, expect, test } from '@jest/globals';
import type { AnyPush } from '../../src/catalog/operation';
import { fingerprintOf } from '../../src/core/receive';
import { Receiver, Registration, readRegistered, type Registered, type RegistrationStore } from '../../src/host/push';
import { chat } from '../../src/services/chat';
import { chatbot } from '../../src/services/chat/wire/integrations';
import { z } from '../../src/vendor/zod';
import { chatOf } from '../../src/simulator/services/chat/state';
import { failure, withNas, type Scene } from '../support/nas';

/** What a node keeps, in memory. */
class Kept implements RegistrationStore {
	value: unknown;

	load = async () => await Promise.resolve(this.value);
	save = async (registered: Registered | undefined) => await Promise.resolve(void (this.value = registered));
}

const url = 'http://host.example.com/chat/bot';

function registration(kept: Kept, event: string, given: object = {}, at = url): Registration {
	const push = chat.pushes![event]!;
	const params = push.params.parse({ nickname: 'Helper', ...given }) as object;
	return new Registration({ service: chat, event, push, params, url: at, store: kept });
}

const bots = ({ simulator }: Scene) => [...chatOf(simulator.nas).bots.values()];
const withChat = async (run: (scene: Scene, kept: Kept) => Promise<void>): Promise<void> =>
	await withNas({}, async (scene) => await run(scene, new Kept()));

describe('a registration', () => {
	test('is made, known again, and taken away; of the token only a fingerprint is kept', async () => {
		await withChat(async (scene, kept) => {
			const made = registration(kept, 'botMessageReceived');
			expect(await made.isCurrent(scene.dsm)).toBe(false);
			const fingerprint = await made.ensure(scene.dsm);
			const [bot] = bots(scene);
			expect(fingerprint).toBe(fingerprintOf(bot!.token));
			expect(kept.value).toEqual({ v: 2, event: 'botMessageReceived', url, of: expect.any(String), fingerprint });
			expect(JSON.stringify(kept.value)).not.toContain(bot!.token);
			expect(await registration(kept, 'botMessageReceived').isCurrent(scene.dsm)).toBe(true);
			await made.remove(scene.dsm);
			expect([bots(scene), kept.value]).toEqual([[], undefined]);
		});
	});

	test('is not current when it was removed in Chat, or its parameters changed', async () => {
		await withChat(async (scene, kept) => {
			const made = registration(kept, 'botMessageReceived');
			await made.ensure(scene.dsm);
			expect(await registration(kept, 'botMessageReceived', { nickname: 'Other' }).isCurrent(scene.dsm)).toBe(false);
			chatOf(scene.simulator.nas).bots.clear();
			expect(await made.isCurrent(scene.dsm)).toBe(false);
		});
	});

	test('moves with its node to another address or another kind of event', async () => {
		await withChat(async (scene, kept) => {
			await registration(kept, 'botMessageReceived').ensure(scene.dsm);
			await registration(kept, 'botMessageReceived', {}, `${url}/2`).ensure(scene.dsm);
			expect(bots(scene)).toMatchObject([{ url: `${url}/2` }]);
			const { user_id } = bots(scene)[0]!;
			await registration(kept, 'buttonPressed', {}, `${url}/2`).ensure(scene.dsm);
			expect(bots(scene)).toMatchObject([{ user_id }]);
			await registration(kept, 'slashCommandReceived', { command: '/go' }, `${url}/2`).ensure(scene.dsm);
			expect(bots(scene)).toMatchObject([{ kind: 'slash' }]);
		});
	});

	test('says neither the token that the NAS made nor a secret among its parameters, whatever fails', async () => {
		await withChat(async (scene, kept) => {
			await registration(kept, 'botMessageReceived').ensure(scene.dsm);
			const { token } = bots(scene)[0]!;
			scene.simulator.use({ 'SYNO.Chat.Chatbot.list': () => ({ error: 117, errors: `no ${token} hunter-22` }) });
			const push: AnyPush = {
				...chat.pushes!['botMessageReceived']!,
				params: z.object({ secret: z.string().meta({ widget: 'secret' }) }),
				remove: async (_, dsm) => void (await dsm.call(chatbot.list)),
			};
			const given = { service: chat, event: 'botMessageReceived', push, params: { secret: 'hunter-22' }, url };
			const error = await failure(new Registration({ ...given, store: kept }).remove(scene.dsm));
			expect(error.message).toContain('no [redacted] [redacted]');
			expect(JSON.stringify(error.details)).not.toMatch(new RegExp(`${token}|hunter-22`));
		});
	});

	test('is read in the forms of version 1', async () => {
		expect(readRegistered({ v: 1, of: 'a', fingerprint: 'b' })).toEqual({ of: 'a', fingerprint: 'b' });
		expect(readRegistered({ event: 'botMessageReceived', url })).toEqual({ event: 'botMessageReceived', url });
		expect([undefined, 'x', { url: 7 }].map(readRegistered)).toEqual([{}, {}, {}]);
		await withChat(async (scene, kept) => {
			await registration(kept, 'botMessageReceived').ensure(scene.dsm);
			kept.value = { event: 'botMessageReceived', url };
			await registration(kept, 'botMessageReceived', {}, `${url}/2`).ensure(scene.dsm);
			expect(bots(scene)).toMatchObject([{ url: `${url}/2` }]);
		});
	});
});

describe('a receiver', () => {
	const push = chat.pushes!['botMessageReceived']!;
	const params = push.params.parse({}) as object;
	const form = (more: object = {}) => ({
		token: 'secret',
		text: 'hi',
		user_id: '3',
		post_id: '7',
		timestamp: '1',
		...more,
	});
	const receive = (receiver: Receiver, body: object) =>
		receiver.receive(push, params, fingerprintOf('secret'), {}, body);

	test('gives the event of a call, and the same call no second time', () => {
		const receiver = new Receiver();
		expect(receive(receiver, form())).toMatchObject({ status: 200, event: { text: 'hi', post_id: '7' } });
		expect(receive(receiver, form())).toEqual({ status: 409, fault: 'that was made before' });
		expect(receive(receiver, form())).toEqual({ status: 409 });
		expect(receive(receiver, form({ token: 'x' }))).toEqual({ status: 403, fault: 'with a wrong token' });
		expect(receive(receiver, form({ token: 'y' }))).toEqual({ status: 403 });
		expect(receiver.refused).toBe(4);
	});

	test('looks at nothing of a call without the token', () => {
		const reading = {
			...push,
			read: () => {
				throw new Error('read');
			},
		};
		const received = new Receiver().receive(reading, {}, fingerprintOf('secret'), {}, form({ token: 'x' }));
		expect(received).toEqual({ status: 403, fault: 'with a wrong token' });
	});

	test('lets nobody in where nothing is registered', () => {
		expect(new Receiver().receive(push, params, '', {}, form({ token: '' }))).toMatchObject({ status: 403 });
	});

	test('acknowledges what is no event of its node', () => {
		expect(receive(new Receiver(), { token: 'secret', other: '1' })).toEqual({ status: 200 });
	});
});
