import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { BinaryDataService } from 'n8n-core';
import type { INodeExecutionData } from 'n8n-workflow';
import { inRow, itemsOf, launch, makeWorkflow, outcomeOf, runNode, service, startNode, synology } from './engine';
import { withNas, type Scene } from './support';

const MEBI = 2 ** 20;
const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const byId = (value: number) => ({ __rl: true, mode: 'id', value });

const send = (channel_id: number, more = {}) =>
	synology(
		'synologyChat',
		{
			resource: 'message',
			operation: 'send',
			channel_id: byId(channel_id),
			message: '',
			file: 'data',
			simplify: false,
		},
		{ name: 'Send', ...more },
	);

const download = (post_id: number) =>
	synology(
		'synologyChat',
		{ resource: 'file', operation: 'download', post_id: String(post_id), outputField: 'data' },
		{ name: 'Download' },
	);

/** Bytes of the file that was posted last. */
async function lastFile({ chat }: Scene, channel: string): Promise<{ name: string | undefined; bytes: Buffer }> {
	const { readFile } = await import('node:fs/promises');
	const file = chat.channel(channel).posts.at(-1)?.file;
	return { name: file?.name, bytes: file?.content ?? (file?.path ? await readFile(file.path) : Buffer.alloc(0)) };
}

const inMemory = (bytes: Buffer, fileName: string): INodeExecutionData => ({
	json: {},
	binary: { data: { data: bytes.toString('base64'), mimeType: 'application/octet-stream', fileName } },
});

describe('files', () => {
	test('that are downloaded go to the storage of n8n, under the field and with the name they had', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const post = chat.channel('ops').posts.find(({ file }) => file);
			const { outputs } = await runNode(download(post!.post_id), itemsOf({}), credentials);
			const [item] = outputs[0] ?? [];
			expect(item?.json).toMatchObject({ name: 'backup.log', size: post!.file!.size });
			expect(item?.binary?.data).toMatchObject({ fileName: 'backup.log', fileExtension: 'log' });
			expect(item?.pairedItem).toEqual({ item: 0 });
			const stored = await service(BinaryDataService).getAsBuffer(item!.binary!.data!);
			expect(stored.toString()).toBe(post!.file!.content!.toString());
		});
	});

	test('get another name where it is wanted, beside what the item had', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const post = chat.channel('ops').posts.find(({ file }) => file);
			const node = download(post!.post_id);
			node.parameters['options'] = { outputFileName: '={{ $json.day }}.log' };
			const input = { ...inMemory(Buffer.from('x'), 'x.txt'), json: { day: 'monday' } };
			const { outputs } = await runNode(node, [{ ...input, binary: { note: input.binary!['data']! } }], credentials);
			const [item] = outputs[0] ?? [];
			expect(item?.json).toMatchObject({ day: 'monday', name: 'monday.log', size: post!.file!.size });
			expect(item?.binary?.['data']?.fileName).toBe('monday.log');
			expect(item?.binary?.['note']?.fileName).toBe('x.txt');
		});
	});

	test('that an item holds in memory are sent', async () => {
		await withNas({}, async (scene) => {
			const bytes = randomBytes(3000);
			const { status } = await runNode(
				send(scene.chat.channel('ops').channel_id),
				[inMemory(bytes, 'räksmörgås 1.bin')],
				scene.credentials,
			);
			expect(status).toBe('success');
			const { name, bytes: arrived } = await lastFile(scene, 'ops');
			expect([name, hash(arrived)]).toEqual(['räksmörgås 1.bin', hash(bytes)]);
		});
	});

	test('go from one message to another as streams, byte for byte', async () => {
		await withNas({}, async (scene) => {
			const content = randomBytes(24 * MEBI);
			const post = scene.chat.postAs('bob', 'ops', '', { file: { name: 'big.bin', content } });
			const [from, to] = [download(post.post_id), send(scene.chat.channel('random').channel_id)];
			const workflow = makeWorkflow([startNode, from, to], inRow(startNode, from, to));
			const { run } = await launch(workflow, startNode, itemsOf({}), scene.credentials);
			expect(outcomeOf(await run, 'Send').status).toBe('success');
			const { name, bytes } = await lastFile(scene, 'random');
			expect([name, bytes.length, hash(bytes)]).toEqual(['big.bin', content.length, hash(content)]);
		});
	});

	test('are read again from the start when the session was lost', async () => {
		await withNas({}, async (scene) => {
			const node = send(scene.chat.channel('ops').channel_id);
			const [first, second] = [randomBytes(MEBI), randomBytes(MEBI)];
			await runNode(node, [inMemory(first, 'first.bin')], scene.credentials);
			scene.simulator.nas.faults.loseSessions();
			const { status } = await runNode(node, [inMemory(second, 'second.bin')], scene.credentials);
			expect(status).toBe('success');
			const { name, bytes } = await lastFile(scene, 'ops');
			expect([name, hash(bytes)]).toEqual(['second.bin', hash(second)]);
			expect(scene.simulator.logins).toBe(2);
		});
	});

	test('that are not there are named in the error', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const { error } = await runNode(send(chat.channel('ops').channel_id), itemsOf({}), credentials);
			expect(error?.message).toContain("'data'");
			expect(error).toMatchObject({ context: { itemIndex: 0 } });
		});
	});

	test('need not be given', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const node = send(chat.channel('ops').channel_id);
			node.parameters = { ...node.parameters, message: 'only text', file: '' };
			expect((await runNode(node, itemsOf({}), credentials)).status).toBe('success');
			expect(chat.channel('ops').posts.at(-1)).toMatchObject({ message: 'only text', type: 'normal' });
		});
	});
});
