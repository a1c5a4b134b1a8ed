import { describe, expect, test } from '@jest/globals';
import { webdav } from '../../src/services/webdav';
import { systemOf } from '../../src/simulator/services/system';
import { webdavOf } from '../../src/simulator/services/webdav';
import { webdavStories } from '../support/webdav-stories';
import { itemsOf, jsonOf, launch, makeWorkflow, outcomeOf, runNode, synology } from './engine';
import { nodeOf, read } from './examples';
import { Poller } from './poller';
import { withNas } from './support';

const node = (resource: string, operation: string, parameters: object = {}) =>
	synology('synologyWebdav', { resource, operation, simplify: false, ...parameters } as never, { name: 'WebDAV' });

describe('the WebDAV Server node', () => {
	test('changes a setting and says what it was before', async () => {
		await withNas({}, async ({ simulator, credentials }) => {
			const change = node('settings', 'update', { options: { https_port: 5016 } });
			const { outputs, error } = await runNode(change, itemsOf({}), credentials);
			expect(error).toBeUndefined();
			expect(jsonOf(outputs[0])).toMatchObject([
				{ https_port: 5016, previous_https_port: 5006, https_reachable: false },
			]);
			expect(webdavOf(simulator.nas).values.https_port).toBe(5016);
		});
	});

	test('lists a folder over WebDAV, one item for each entry', async () => {
		await withNas({}, async ({ simulator, credentials }) => {
			const { http } = await webdavOf(simulator.nas).open();
			webdavOf(simulator.nas).files.write('/work/a.txt', { content: 'a' });
			const at = { protocol: 'http', port: http, returnAll: true };
			const list = node('file', 'list', { ...at, folder: '/work' });
			const { outputs, error } = await runNode(list, itemsOf({}), credentials);
			expect(error).toBeUndefined();
			expect(jsonOf(outputs[0])).toMatchObject([{ path: '/work/a.txt', name: 'a.txt', is_folder: false, size: 1 }]);
		});
	});

	test('puts a downloaded file into the item, and deletes it', async () => {
		await withNas({}, async ({ simulator, credentials }) => {
			const state = webdavOf(simulator.nas);
			const { http } = await state.open();
			state.files.write('/work/a.txt', { content: 'hello' });
			const at = { protocol: 'http', port: http, path: '/work/a.txt' };
			const loaded = await runNode(node('file', 'download', at), itemsOf({}), credentials);
			expect(loaded.error).toBeUndefined();
			expect(Object.values(loaded.outputs[0]![0]!.binary ?? {})).toMatchObject([{ fileName: 'a.txt' }]);
			const gone = await runNode(node('file', 'delete', at), itemsOf({}), credentials);
			expect(jsonOf(gone.outputs[0])).toEqual([{ path: '/work/a.txt', deleted: true }]);
		});
	});

	test('tells an ordinary user what is missing, and lets him check the server', async () => {
		await withNas({ account: 'user' }, async ({ simulator, credentials }) => {
			const { http } = await webdavOf(simulator.nas).open();
			const { error } = await runNode(node('settings', 'get'), itemsOf({}), credentials);
			expect(error?.message).toContain('it takes an administrator');
			const check = node('server', 'check', { protocol: 'http', port: http });
			const { outputs } = await runNode(check, itemsOf({}), credentials);
			expect(jsonOf(outputs[0])).toMatchObject([{ reachable: true }]);
		});
	});
});

describe('the WebDAV Server trigger', () => {
	test('has a story for each event', () => {
		expect(webdavStories.map(({ event }) => event)).toEqual(Object.keys(webdav.triggers));
	});

	const told = webdavStories.flatMap((story) =>
		story.everybody
			? ([
					['admin', story],
					['user', story],
				] as const)
			: ([['admin', story]] as const),
	);
	test.each(told.map(([account, story]) => [story.event, account, story] as const))(
		'tells %s once, to %s',
		async (event, account, story) => {
			await withNas({ account }, async ({ simulator, credentials }) => {
				const state = webdavOf(simulator.nas);
				story.before?.(state);
				const poller = new Poller(credentials, { type: 'synologyWebdavTrigger', parameters: { event } });
				expect(await poller.tick()).toBeUndefined();
				if (story.first) {
					story.first(state);
					expect(await poller.tick()).toBeUndefined();
				}
				story.happen(state);
				expect(await poller.tick()).toMatchObject([story.tells]);
				expect(await poller.tick()).toBeUndefined();
			});
		},
		30_000,
	);
});

describe('the example', () => {
	test('"start again" starts the server and tells the channel', async () => {
		await withNas({}, async ({ simulator, chat, credentials }) => {
			const example = read('webdav-start-again.json');
			const trigger = nodeOf(example, 'On a stopped server');
			const { parameters, name } = trigger;
			const poller = new Poller(credentials, { type: 'synologyWebdavTrigger', parameters, name });
			await poller.tick();
			systemOf(simulator.nas).setPackage('WebDAVServer', { status: 'stop' });
			expect(await poller.tick()).toHaveLength(1);
			const workflow = makeWorkflow(example.nodes, example.connections);
			const { run } = await launch(workflow, trigger, poller.items, credentials);
			expect(outcomeOf(await run, 'Tell the channel').error).toBeUndefined();
			expect(simulator.nas.packages.get('WebDAVServer')!.status).toBe('running');
			expect(chat.channel('General').posts.at(-1)!.message).toBe(
				'WebDAV Server stopped and was started again: it is running.',
			);
		});
	}, 30_000);
});
