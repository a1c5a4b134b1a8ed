import { describe, expect, test } from '@jest/globals';
import { chatBench, type Caller, type Envelope } from './chat-client';

/** The upload of chat.md 16: routing keys in the query, cookie and token header, file last. */
async function upload(url: string, caller: Caller, fields: Record<string, string>, part = 'file'): Promise<Envelope> {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	form.append(part, new Blob(['a;b\n1;2\n'], { type: 'text/csv' }), 'bericht ü.csv');
	const response = await fetch(`${url}/webapi/entry.cgi?api=SYNO.Chat.Post&method=create&version=5`, {
		method: 'POST',
		headers: { cookie: `id=${caller.sid}`, 'X-SYNO-TOKEN': caller.token },
		body: form,
	});
	return (await response.json()) as Envelope;
}

async function download(url: string, caller: Caller, params: Record<string, string>): Promise<Response> {
	const form = { api: 'SYNO.Chat.Post.File', method: 'get', version: '2', ...params, _sid: caller.sid };
	return await fetch(`${url}/webapi/entry.cgi`, {
		method: 'POST',
		headers: { 'X-SYNO-TOKEN': caller.token },
		body: new URLSearchParams(form),
	});
}

const fields = { channel_id: '1', type: 'file', message: '123', is_thread: 'false' };

describe('files', () => {
	test('a multipart create stores the part named file and Post.File.get returns its bytes', async () => {
		const { simulator, login } = await chatBench();
		const alice = await login('alice');
		const { data } = await upload(simulator.url, alice, fields);
		expect(data).toMatchObject({
			type: 'file',
			message: '123',
			file_props: { name: 'bericht ü.csv', size: 8, type: 'csv' },
		});
		const response = await download(simulator.url, alice, { post_id: String(data.post_id) });
		expect(response.headers.get('content-disposition')).toContain("filename*=UTF-8''bericht%20%C3%BC.csv");
		expect(await response.text()).toBe('a;b\n1;2\n');
	});

	test('a part with another name is not the file', async () => {
		const { simulator, login } = await chatBench();
		const answer = await upload(simulator.url, await login('alice'), fields, 'upload');
		expect(answer.error).toEqual({ code: 101, errors: 'bad type' });
	});

	test('a file above the limit gives 409', async () => {
		const { simulator, chat, login } = await chatBench();
		chat.switches.maxFileSize = 7;
		const answer = await upload(simulator.url, await login('alice'), fields);
		expect(answer.error).toEqual({ code: 409, errors: 'exceed max file size' });
	});

	test('an upload may leave an empty post behind', async () => {
		const { simulator, chat, login } = await chatBench();
		chat.switches.fileLeavesEmptyPost = true;
		const { data } = await upload(simulator.url, await login('alice'), fields);
		expect(chat.channel('General').posts.at(-1)).toMatchObject({
			post_id: data.post_id + 1,
			type: 'normal',
			message: '',
		});
	});

	test('a post without a file gives 402, and no post_id a body that is no JSON', async () => {
		const { simulator, chat, login } = await chatBench();
		const alice = await login('alice');
		const { post_id } = chat.postAs('bob', 'General', 'text');
		const answer = await download(simulator.url, alice, { post_id: String(post_id) });
		expect(await answer.json()).toEqual({ success: false, error: { code: 402, errors: 'post not found' } });
		expect(await (await download(simulator.url, alice, {})).text()).toBe('');
	});

	test('a file posted through a client has the same form', async () => {
		const { simulator, chat, login } = await chatBench();
		const post = chat.postAs('bob', 'General', 'log', {
			file: { name: 'run.log', content: 'ok\n', mime: 'text/plain' },
		});
		const response = await download(simulator.url, await login('alice'), { post_id: String(post.post_id) });
		expect([response.headers.get('content-type'), await response.text()]).toEqual(['text/plain', 'ok\n']);
	});
});
