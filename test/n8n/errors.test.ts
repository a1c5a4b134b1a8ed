import { describe, expect, test } from '@jest/globals';
import { inRow, itemsOf, jsonOf, launch, lines, makeWorkflow, outcomeOf, runNode, startNode, synology } from './engine';
import { withNas } from './support';

const get = (more = {}) =>
	synology('synologyChat', { resource: 'message', operation: 'get', post_id: '={{ $json.id }}', simplify: true }, more);

describe('an item that fails', () => {
	test('ends the run with what happened, what to do, and which item it was', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const [post] = chat.channel('General').posts;
			const { status, error } = await runNode(
				get(),
				itemsOf({ id: String(post?.post_id) }, { id: '4294999999' }),
				credentials,
			);
			expect(status).toBe('error');
			expect(error).toMatchObject({ name: 'NodeApiError', context: { itemIndex: 1 } });
			expect(error?.message).toContain('402');
			expect(error?.description).not.toBe('');
		});
	});

	test('keeps its input beside the error when the workflow continues with the regular output', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const [post] = chat.channel('General').posts;
			const node = get({ onError: 'continueRegularOutput' });
			const input = itemsOf(
				{ id: 'none', name: 'first' },
				{ id: String(post?.post_id) },
				{ id: '4294999999', name: 'third' },
			);
			const { status, outputs } = await runNode(node, input, credentials);
			expect(status).toBe('success');
			const items = outputs[0] ?? [];
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
			expect(items[0]?.json).toEqual({
				id: 'none',
				name: 'first',
				error: '"Message ID" does not fit: "none" is not an ID (digits only).',
				details: { code: 'input', hint: 'Check the parameter "Message ID" (post_id).' },
			});
			expect(items[1]?.json).toMatchObject({ post_id: String(post?.post_id) });
			expect(items[2]?.json).toMatchObject({ id: '4294999999', name: 'third', details: { code: 'api', dsmCode: 402 } });
		});
	});

	test('goes to the error output with its input when the workflow continues there', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const [post] = chat.channel('General').posts;
			const node = get({ onError: 'continueErrorOutput' });
			const { outputs } = await runNode(
				node,
				itemsOf({ id: 'none', name: 'first' }, { id: String(post?.post_id) }),
				credentials,
			);
			expect(jsonOf(outputs[0]).map(({ post_id }) => post_id)).toEqual([String(post?.post_id)]);
			expect(jsonOf(outputs[1])).toEqual([
				{
					id: 'none',
					name: 'first',
					error: '"Message ID" does not fit: "none" is not an ID (digits only).',
					details: { code: 'input', hint: 'Check the parameter "Message ID" (post_id).' },
				},
			]);
		});
	});

	test('stops the writes that would have followed it', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const channel_id = { __rl: true, mode: 'id', value: '={{ $json.channel }}' };
			const node = synology('synologyChat', { resource: 'message', operation: 'send', channel_id, message: 'hello' });
			const ops = chat.channel('ops');
			const before = ops.posts.length;
			const { status } = await runNode(
				node,
				itemsOf({ channel: ops.channel_id }, { channel: 999 }, { channel: ops.channel_id }),
				credentials,
			);
			expect(status).toBe('error');
			expect(ops.posts).toHaveLength(before + 1);
		});
	});
});

describe('an error', () => {
	test('names the application privilege that the account lacks, and blames the configuration', async () => {
		await withNas({}, async ({ credential }) => {
			const credentials = { nas: { ...credential, account: 'nochat', password: 'nochat-Passw0rd' } };
			const { error } = await runNode(
				synology('synologyChat', { resource: 'channel', operation: 'list' }),
				itemsOf({}),
				credentials,
			);
			expect(error?.description).toContain('Synology Chat');
			expect(error).toMatchObject({ name: 'NodeApiError', failure: { cause: 'configuration-invalid' } });
		});
	});

	test('of a write whose answer was lost says that the outcome is unknown, and the write is not repeated', async () => {
		await withNas({}, async ({ simulator, chat, credentials }) => {
			const ops = chat.channel('ops');
			simulator.nas.faults.cut({ api: 'SYNO.Chat.Post', method: 'create' });
			const channel_id = { __rl: true, mode: 'id', value: ops.channel_id };
			const node = synology('synologyChat', { resource: 'message', operation: 'send', channel_id, message: 'maybe' });
			const { error } = await runNode(node, itemsOf({}), credentials);
			expect(error?.message).toContain('It is unknown whether the NAS carried the request out.');
			expect(ops.posts.filter(({ message }) => message === 'maybe')).toHaveLength(1);
		});
	});

	test('of JSON that is none says so before anything is sent', async () => {
		await withNas({}, async ({ simulator, credentials }) => {
			const parameters = {
				resource: 'call',
				operation: 'run',
				api: { __rl: true, mode: 'id', value: 'SYNO.DSM.Info' },
				method: 'getinfo',
			};
			const { error } = await runNode(
				synology('synologyApi', { ...parameters, params: '{"a": }' }),
				itemsOf({}),
				credentials,
			);
			expect(error).toMatchObject({
				name: 'NodeOperationError',
				message: '"Parameters" is not JSON.',
				context: { itemIndex: 0 },
			});
			expect(simulator.requests).toEqual([]);
		});
	});

	test('of a NAS that is not there names the address', async () => {
		await withNas({}, async ({ credential }) => {
			const credentials = { nas: { ...credential, url: 'http://127.0.0.1:9' } };
			const { error } = await runNode(
				synology('synologyChat', { resource: 'user', operation: 'getOwn' }),
				itemsOf({}),
				credentials,
			);
			expect(error).toMatchObject({ name: 'NodeApiError', failure: { cause: 'temporarily-unavailable' } });
			expect(error?.message).toContain('127.0.0.1:9');
		});
	});

	test('of connection settings names the field', async () => {
		await withNas({}, async ({ credential }) => {
			const credentials = { nas: { ...credential, tls: 'pin', fingerprint: '' } };
			const { error } = await runNode(
				synology('synologyChat', { resource: 'user', operation: 'getOwn' }),
				itemsOf({}),
				credentials,
			);
			expect(error).toMatchObject({
				name: 'NodeOperationError',
				message: '"SHA-256 Fingerprint" is missing in the connection.',
				description: 'The chosen certificate check needs it.',
			});
		});
	});

	test('and everything else that a run leaves behind holds no secret', async () => {
		await withNas({ otp: true }, async ({ simulator, credential, credentials }) => {
			const { run } = await runNode(
				get({ onError: 'continueRegularOutput' }),
				itemsOf({ id: '4294999999' }),
				credentials,
			);
			const seen = simulator.requests.flatMap(({ params, headers, sessionSid }) => [
				params.passwd,
				params.otp_code,
				sessionSid,
				headers['x-syno-token'],
			]);
			const secrets = [...new Set([credential.otpSecret, ...seen])]
				.filter((secret) => secret !== undefined)
				.map(String);
			// Password, code, secret, session id and token.
			expect(secrets).toHaveLength(5);
			const traces = JSON.stringify(run.data) + lines.join('\n');
			expect(secrets.filter((secret) => traces.includes(secret))).toEqual([]);
			expect(traces).toContain('There is no such message');
		});
	});
});

describe('a run that is cancelled', () => {
	test('ends at once, though the NAS has not answered', async () => {
		await withNas({}, async ({ simulator, credentials }) => {
			simulator.nas.faults.latency(6000);
			const node = synology('synologyChat', { resource: 'channel', operation: 'list' });
			const { run, cancel } = await launch(
				makeWorkflow([startNode, node], inRow(startNode, node)),
				startNode,
				itemsOf({}),
				credentials,
			);
			const started = Date.now();
			setTimeout(cancel, 300);
			expect(outcomeOf(await run, node.name).status).toBe('canceled');
			expect(Date.now() - started).toBeLessThan(4000);
			simulator.nas.faults.clear();
		});
	});
});
