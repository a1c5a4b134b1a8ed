import { describe, expect, test } from '@jest/globals';
import { chat as service } from '../../../src/services/chat';
import { failure, withNas } from '../../support/nas';
import { source, textOf } from './files';
import { stage } from './follow';

const {
	message: { operations: message },
	file: { operations: file },
} = service.resources;

describe('sending', () => {
	test.each(['Backup finished', '123', 'true', 'null', '"quoted"', '[1]', 'ümläut & 100 % + 😀\nsecond line'])(
		'the message %j arrives as it was written',
		async (text) => {
			await withNas({}, async (scene) => {
				const { chat } = stage(scene);
				const { post_id } = await scene.dsm.do(message.send, { channel_id: 1, message: text });
				expect(chat.post(Number(post_id))).toMatchObject({
					message: text,
					type: 'normal',
					creator_id: chat.user('alice').user_id,
				});
			});
		},
	);

	test('a warm connection needs one request', async () => {
		await withNas({}, async (scene) => {
			const { clock, requests } = stage(scene);
			await scene.dsm.do(message.send, { channel_id: '1', message: 'first' });
			clock.advance(1000);
			const before = requests.length;
			await scene.dsm.do(message.send, { channel_id: '1', message: 'second' });
			expect(requests.slice(before).map(({ api, method, version }) => [api, method, version])).toEqual([
				['SYNO.Chat.Post', 'create', 5],
			]);
		});
	});

	test('a file goes with its caption, and comes back byte for byte', async () => {
		await withNas({}, async ({ dsm }) => {
			const sent = await dsm.do(message.send, {
				channel_id: 1,
				message: 'the report',
				file: source('Bericht März.txt', 'line 1\n'),
			});
			expect(sent).toMatchObject({
				type: 'file',
				message: 'the report',
				file_name: 'Bericht März.txt',
				file_size: 7,
			});
			const answer = await dsm.do(file.download, { post_id: sent.post_id });
			expect([answer.name, await textOf(answer)]).toEqual(['Bericht März.txt', 'line 1\n']);
		});
	});

	test('a message without text and file is refused before anything is sent', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const error = await failure(dsm.do(message.send, { channel_id: 1, message: '' }));
			expect([error.name, error.message]).toEqual([
				'DsmInputError',
				expect.stringContaining('a message needs a text or a file'),
			]);
			expect(simulator.requests).toHaveLength(0);
		});
	});

	test('messages that follow too fast are sent all the same, after a pause', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			for (const text of ['one', 'two', 'three']) await scene.dsm.do(message.send, { channel_id: 1, message: text });
			expect(
				chat
					.channel(1)
					.posts.slice(-3)
					.map((post) => post.message),
			).toEqual(['one', 'two', 'three']);
		});
	});

	test.each([
		[{ channel_id: 99, message: 'x' }, 403, 'There is no such channel'],
		[{ channel_id: 1, message: 'x'.repeat(5001), part_length: 0 }, 410, 'The message is too long'],
	])('a refusal says why and what to do (%#)', async (params, code, cause) => {
		await withNas({}, async ({ dsm }) => {
			const error = await failure(dsm.do(message.send, params));
			expect([error.dsmCode, error.message, error.operation]).toEqual([
				code,
				expect.stringContaining(cause),
				'chat.message.send',
			]);
			expect(String(error.hint)).toMatch(/\.$/);
		});
	});

	test('a channel that the account has not joined is refused as such', async () => {
		await withNas({}, async (scene) => {
			const { channel_id } = stage(scene).chat.channel('design');
			const error = await failure(scene.dsm.do(message.send, { channel_id, message: 'x' }));
			expect([error.dsmCode, error.hint]).toEqual([401, 'Join the channel first, or have the account invited.']);
		});
	});

	test('an account without the privilege is told which one to ask for', async () => {
		await withNas({ connection: { account: 'nochat', password: 'nochat-Passw0rd' } }, async ({ dsm }) => {
			const error = await failure(dsm.do(message.send, { channel_id: 1, message: 'x' }));
			expect([error.name, String(error.hint)]).toEqual([
				'DsmPermissionError',
				expect.stringContaining('Synology Chat'),
			]);
		});
	});

	test('a NAS without the package says which one to install', async () => {
		await withNas({ packages: ['FileStation'] }, async ({ dsm }) => {
			const error = await failure(dsm.do(message.send, { channel_id: 1, message: 'x' }));
			expect([error.name, String(error.hint)]).toEqual([
				'DsmUnavailableError',
				expect.stringContaining('Synology Chat Server'),
			]);
		});
	});
});

describe('direct messages', () => {
	test('go to the conversation that is there', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			const before = chat.channels.size;
			const sent = await scene.dsm.do(message.sendDirect, { user_id: chat.user('bob').user_id, message: 'Hello' });
			expect([sent.channel_id, chat.channels.size]).toEqual([String(chat.direct('alice', 'bob').channel_id), before]);
		});
	});

	test('open a conversation where there is none', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			const before = chat.channels.size;
			const sent = await scene.dsm.do(message.sendDirect, {
				user_id: chat.user('carol').user_id,
				message: '',
				file: source('a.txt', 'a'),
			});
			expect(chat.channels.size).toBe(before + 1);
			expect(chat.channels.get(Number(sent.channel_id))).toMatchObject({ type: 'anonymous', name: '' });
			expect(sent.file_name).toBe('a.txt');
		});
	});

	test('are refused where only the apps hold the key', async () => {
		await withNas({}, async (scene) => {
			const { chat, requests } = stage(scene);
			chat.direct('alice', 'bob').encrypted = true;
			const error = await failure(
				scene.dsm.do(message.sendDirect, { user_id: chat.user('bob').user_id, message: 'Hello' }),
			);
			expect([error.name, error.message]).toEqual(['DsmInputError', expect.stringContaining('encrypted')]);
			expect(requests.some(({ method }) => method === 'create')).toBe(false);
		});
	});
});
