import { describe, expect, test } from '@jest/globals';
import { SettableClock, startSimulator, type Simulator } from '../../src/simulator';
import { downloadsOf, type DownloadState } from '../../src/simulator/services/download/state';
import { login, multipart, post, send, type Answer, type Form, type Login, type Part } from './client';

interface Talk {
	simulator: Simulator;
	downloads: DownloadState;
	who: Login;
	/** The older family, on its own CGI. */
	old: (api: string, method: string, params?: Form, version?: number) => Promise<Answer>;
	/** The newer family, on entry.cgi. */
	newer: (api: string, method: string, params?: Form, version?: number) => Promise<Answer>;
	later: (seconds: number) => void;
}

const CGI: Record<string, string> = { 'RSS.Site': 'RSSsite', 'RSS.Feed': 'RSSfeed' };
const pathOf = (api: string): string => `/webapi/DownloadStation/${CGI[api] ?? api.toLowerCase()}.cgi`;
const ISO = 'https://files.example/a.iso';

async function talk(run: (talk: Talk) => Promise<void>, as = 'alice'): Promise<void> {
	const clock = new SettableClock(Date.now());
	const simulator = await startSimulator({ clock });
	try {
		const who = await login(simulator, { account: as });
		const { headers, sid } = who;
		await run({
			simulator,
			downloads: downloadsOf(simulator.nas),
			who,
			old: async (api, method, params = {}, version = 1) =>
				await post(
					simulator,
					{ api: `SYNO.DownloadStation.${api}`, method, version, _sid: sid, ...params },
					{ path: pathOf(api), headers },
				),
			newer: async (api, method, params = {}, version = 2) =>
				await post(
					simulator,
					{ api: `SYNO.DownloadStation2.${api}`, method, version, _sid: sid, ...params },
					{ headers },
				),
			later: (seconds) => clock.advance(seconds * 1000),
		});
	} finally {
		await simulator.close();
	}
}

const code = ({ json }: Answer): number | undefined => json.error?.code;
const quoted = (value: unknown): string => JSON.stringify(value);

describe('the older family', () => {
	test('has CGIs of its own, takes bare values, and methods in any case', async () => {
		await talk(async ({ old, simulator, who }) => {
			expect((await old('Task', 'List')).json.data.total).toBe(1);
			expect((await old('BTSearch', 'GETMODULE')).json.data.modules).toHaveLength(1);
			const wrong = { api: 'SYNO.DownloadStation.Task', method: 'list', version: 1, _sid: who.sid };
			expect(code(await post(simulator, wrong, { headers: who.headers }))).toBe(102);
			expect(code(await old('Task', 'rename'))).toBe(103);
			expect(code(await old('Task', 'getinfo'))).toBe(101);
			expect(code(await old('RSS.Feed', 'list'))).toBe(101);
			expect((await old('Task', 'getinfo', { id: 'dbid_1' })).json.data.tasks).toHaveLength(1);
			expect((await old('Task', 'getinfo', { id: '"dbid_1"' })).json.data.tasks).toEqual([]);
		});
	});

	test('answers 105 without a session; one that is over is 105 as well, or what the device says', async () => {
		await talk(async ({ old, newer, simulator }) => {
			const none = { api: 'SYNO.DownloadStation.Task', method: 'list', version: 1 };
			expect(code(await post(simulator, none, { path: pathOf('Task') }))).toBe(105);
			for (const expired of [105, 106, 119] as const) {
				simulator.nas.switches.oldCgiExpiredCode = expired;
				simulator.nas.faults.loseSessions(106);
				expect(code(await old('Task', 'list'))).toBe(expired);
			}
			expect(code(await newer('Task', 'list'))).toBe(106);
			const unknown = { api: 'SYNO.DownloadStation2.Task', method: 'list', version: 2 };
			expect(code(await post(simulator, unknown))).toBe(119);
		});
	});

	test('creates without telling the new ID, parts addresses at commas, and tells numbers as text or not', async () => {
		await talk(async ({ old, downloads, later }) => {
			const made = await old('Task', 'create', { uri: `${ISO},https://files.example/b%2Cc.iso` }, 3);
			expect(made.json).toEqual({ success: true });
			expect([...downloads.tasks.keys()]).toEqual(['dbid_1', 'dbid_2', 'dbid_3']);
			later(5);
			const info = async () =>
				(await old('Task', 'getinfo', { id: 'dbid_2', additional: 'detail,transfer' })).json.data.tasks[0];
			expect(await info()).toMatchObject({
				size: '10000000',
				status: 'downloading',
				status_extra: null,
				type: 'https',
				additional: { detail: { completed_time: 0, destination: 'home' }, transfer: { size_downloaded: '4000000' } },
			});
			downloads.switches.textNumbers = false;
			expect((await info()).size).toBe(10_000_000);
			later(60);
			const done = await info();
			expect([done.status, done.additional.detail.completed_time > 0]).toEqual(['finished', true]);
		});
	});

	test.each([
		['/home', 403],
		['volume1/home', 403],
		['nowhere', 403],
		['home', undefined],
	])('takes the destination %s with %s', async (destination, expected) => {
		await talk(async ({ old }) =>
			expect(code(await old('Task', 'create', { uri: ISO, destination }, 3))).toBe(expected),
		);
	});

	test('does not know where to without a default; a file in parts is 101', async () => {
		await talk(async ({ old, downloads, simulator, who }) => {
			downloads.defaults.delete('alice');
			expect(code(await old('Task', 'create', { uri: ISO }, 3))).toBe(406);
			const parts = [...Object.entries({ api: 'SYNO.DownloadStation.Task', method: 'create', version: '3' })].map(
				([name, value]): Part => ({ name, value }),
			);
			const body = multipart([...parts, { name: 'file', value: 'd8:', filename: 'a.torrent' }]);
			const query = `api=SYNO.DownloadStation.Task&method=create&version=3&_sid=${who.sid}`;
			const headers = { 'Content-Type': 'multipart/form-data; boundary=xBOUNDARYx', ...who.headers };
			expect(code(await send(`${simulator.url}${pathOf('Task')}?${query}`, body, headers))).toBe(101);
		});
	});

	test('tells what became of each task inside a success, bare or wrapped', async () => {
		await talk(async ({ old, downloads }) => {
			downloads.add({ uri: ISO });
			const rows = [
				{ error: 405, id: 'dbid_1' },
				{ error: 0, id: 'dbid_2' },
				{ error: 404, id: 'dbid_9' },
			];
			const pause = async () => (await old('Task', 'pause', { id: 'dbid_1,dbid_2,dbid_9' })).json;
			expect(await pause()).toEqual({ data: rows, success: true });
			downloads.switches.wrappedResults = true;
			await old('Task', 'resume', { id: 'dbid_2' });
			expect((await pause()).data).toEqual({ task: rows });
		});
	});

	test('shows tasks of others to administrators only, and settings to no one else', async () => {
		await talk(async ({ old, newer }) => {
			expect((await old('Task', 'list')).json.data.tasks).toEqual([]);
			expect(code(await old('Info', 'getconfig', {}, 2))).toBe(105);
			expect(code(await newer('Settings.BT', 'get', {}, 1))).toBe(105);
			expect((await newer('Settings.Location', 'get', {}, 1)).json.success).toBe(true);
		}, 'bob');
	});

	test('searches until the second look, and forgets unknown searches', async () => {
		await talk(async ({ old }) => {
			const { taskid } = (await old('BTSearch', 'start', { keyword: 'debian', module: 'enabled' })).json.data;
			const look = async () => (await old('BTSearch', 'list', { taskid, offset: 0, limit: 50 })).json.data;
			expect([(await look()).finished, (await look()).items.length]).toEqual([false, 3]);
			expect(code(await old('BTSearch', 'list', { taskid: 'none' }))).toBe(404);
			expect(code(await old('BTSearch', 'start', { keyword: 'debian' }))).toBe(101);
		});
	});
});

describe('the newer family', () => {
	test('shows the same tasks with numbers for states and other names', async () => {
		await talk(async ({ newer }) => {
			const { data } = (await newer('Task', 'list', { offset: 0, limit: 100, additional: '["detail","transfer"]' }))
				.json;
			expect([data.total, data.tasks, data.task.length]).toEqual([1, undefined, 1]);
			expect(data.task[0]).toMatchObject({ id: 'dbid_1', status: 5, size: 10_000_000 });
			expect(Object.keys(data.task[0].additional.detail)).toEqual(
				expect.arrayContaining(['created_time', 'seed_elapsed']),
			);
			expect(data.task[0].additional.detail).not.toHaveProperty('create_time');
			expect((await newer('Task', 'get', { id: '["dbid_1"]' })).json.data.task).toHaveLength(1);
		});
	});

	test('wants JSON, and says which parameter is missing or of another type', async () => {
		await talk(async ({ newer }) => {
			const form = { type: '"url"', url: quoted([ISO]), destination: '"home"', create_list: 'false' };
			const { data } = (await newer('Task', 'create', form)).json;
			expect(data).toEqual({ list_id: [], task_id: ['dbid_2'] });
			const bare = (await newer('Task', 'create', { ...form, destination: 'home' })).json.error;
			expect(bare).toEqual({ code: 120, errors: { name: 'destination', reason: 'type' } });
			const { create_list: _, ...without } = form;
			const missing = (await newer('Task', 'create', without)).json.error;
			expect(missing).toEqual({ code: 120, errors: { name: 'create_list', reason: 'required' } });
			expect(code(await newer('Task', 'delete_condition', { status: '[5]' }, 1))).toBe(103);
			expect((await newer('Task', 'delete_condition', { status: '[5]' })).json).toEqual({ success: true });
		});
	});

	test('takes a file whose part is named before it, by a session outside the parts', async () => {
		await talk(async ({ simulator, who, downloads }) => {
			const fields: Part[] = Object.entries({
				api: 'SYNO.DownloadStation2.Task',
				method: 'create',
				version: '2',
				type: '"file"',
				file: '["torrent"]',
				destination: '"home"',
				create_list: 'false',
			}).map(([name, value]) => ({ name, value }));
			const file = { name: 'torrent', value: 'd8:announce', filename: 'a.torrent', type: 'application/x-bittorrent' };
			const head = { 'Content-Type': 'multipart/form-data; boundary=xBOUNDARYx' };
			const url = `${simulator.url}/webapi/entry.cgi/SYNO.DownloadStation2.Task`;
			const routed = 'api=SYNO.DownloadStation2.Task&method=create&version=2';
			const upload = async (parts: Part[], query = `?${routed}&_sid=${who.sid}`) =>
				(await send(url + query, multipart(parts), { ...head, ...who.headers })).json;
			expect((await upload([...fields, file])).data).toEqual({ list_id: [], task_id: ['dbid_2'] });
			expect(downloads.tasks.get('dbid_2')?.source?.toString()).toBe('d8:announce');
			const unnamed = await upload([...fields.filter(({ name }) => name !== 'file'), file, fields[4]!]);
			expect(unnamed.error).toEqual({ code: 120, errors: { name: 'file', reason: 'condition' } });
			const inside = await upload([...fields, { name: '_sid', value: who.sid }, file], `?${routed}`);
			expect(inside.error?.code).toBe(119);
		});
	});

	test('keeps lists that wait for a choice for a while, and finishes a start at the second look', async () => {
		await talk(async ({ newer, downloads, later }) => {
			const form = { type: '"url"', url: quoted(['magnet:?xt=1']), destination: '""', create_list: 'true' };
			const make = async () => quoted((await newer('Task', 'create', form)).json.data.list_id[0]);
			const list_id = await make();
			expect((await newer('Task.List', 'get', { list_id })).json.data.files).toHaveLength(2);
			expect(downloads.tasks.size).toBe(1);
			const start = { list_id, file_indexes: '"0"', destination: '"home"', create_subfolder: 'true' };
			const task_id = quoted((await newer('Task.List.Polling', 'download', start)).json.data.task_id);
			const look = async () => (await newer('Task.List.Polling', 'download_status', { task_id })).json.data;
			expect(await look()).toEqual({ finish: false });
			expect(await look()).toEqual({ data: { task_id: ['dbid_2'] }, finish: true });
			expect((await newer('Task.List.Polling', 'download_stop', { task_id })).json.success).toBe(true);
			const other = await make();
			later(700);
			expect(code(await newer('Task.List', 'get', { list_id: other }))).toBe(404);
		});
	});

	test('replaces settings as a whole, except for those that hold secrets', async () => {
		await talk(async ({ newer, downloads }) => {
			await newer('Settings.BT', 'set', { max_upload_rate: 50 }, 1);
			expect(downloads.settings.BT).toMatchObject({ max_upload_rate: 50, tcp_port: 0, enable_dht: false });
			await newer('Settings.Nzb', 'set', { port: 563 }, 1);
			expect(downloads.settings.Nzb).toMatchObject({ port: 563, server: 'news.example.com' });
			const bare = await newer('Settings.Scheduler', 'set', { schedule: '1'.repeat(168) }, 1);
			expect(bare.json.error).toEqual({ code: 120, errors: { name: 'schedule', reason: 'type' } });
			const short = await newer('Settings.Scheduler', 'set', { schedule: '"11"' }, 1);
			expect(code(short)).toBe(120);
			const set = async (form: Form) => code(await newer('Settings.Location', 'set', form, 1));
			expect(await set({ default_destination: '""' })).toBe(501);
			expect(await set({ default_destination: '"home"', torrent_nzb_watch_folder: '"(null)"' })).toBe(522);
			expect(await set({ default_destination: '"docs"' })).toBeUndefined();
		});
	});
});
