import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Simulator, startSimulator } from '../../src/simulator';
import { call, login, type Login, post } from './client';

let nas: Simulator;
let alice: Login;

beforeEach(async () => {
	nas = await startSimulator();
	alice = await login(nas);
});
afterEach(() => nas.close());

const TIMEOUT = { api: 'SYNO.Core.Desktop.Timeout', method: 'get', version: 1 };
const WRONG = { api: 'SYNO.DSM.Info', method: 'x', version: 2 };

async function batch(compound: unknown[], params: Record<string, string> = {}, version = 1) {
	return await call(nas, alice, 'SYNO.Entry.Request', 'request', version, {
		compound: JSON.stringify(compound),
		...params,
	});
}

test.each([1, 2])('v%i answers each entry in order, and the outer success is true', async (version) => {
	const { text } = await batch([TIMEOUT, WRONG], { mode: '"parallel"' }, version);
	expect(text).toBe(
		'{"data":{"has_fail":true,"result":[{"api":"SYNO.Core.Desktop.Timeout","data":{"timeout":15},"method":"get","success":true,"version":1},' +
			'{"api":"SYNO.DSM.Info","error":{"code":103},"method":"x","success":false,"version":2}]},"success":true}',
	);
});

test('has_fail is false when every entry succeeds', async () => {
	expect((await batch([TIMEOUT, TIMEOUT])).json.data.has_fail).toBe(false);
});

test('stop_when_error leaves out later entries, in sequential mode only', async () => {
	const stop = { stop_when_error: 'true' };
	expect((await batch([WRONG, TIMEOUT], { ...stop, mode: 'sequential' })).json.data.result).toHaveLength(1);
	expect((await batch([WRONG, TIMEOUT], { ...stop, mode: 'parallel' })).json.data.result).toHaveLength(2);
});

test('an API of an old CGI is 102 in its entry', async () => {
	const { json } = await batch([{ api: 'SYNO.DownloadStation.Info', method: 'getinfo', version: 1 }]);
	expect(json.data.result[0].error.code).toBe(102);
});

test('every entry is authorised by itself: without a session 119 inside a success', async () => {
	const { json } = await post(nas, {
		api: 'SYNO.Entry.Request',
		method: 'request',
		version: 1,
		compound: JSON.stringify([TIMEOUT]),
	});
	expect(json.success).toBe(true);
	expect(json.data.result[0].error.code).toBe(119);
});

test('the token of the outer request counts for the entries', async () => {
	const { json } = await post(nas, {
		api: 'SYNO.Entry.Request',
		method: 'request',
		version: 1,
		_sid: alice.sid,
		compound: JSON.stringify([TIMEOUT]),
	});
	expect(json.data.result[0].error.code).toBe(119);
});

test('values of an entry are real JSON: text that looks like a number stays text', async () => {
	const create = {
		api: 'SYNO.FileStation.CreateFolder',
		method: 'create',
		version: 2,
		folder_path: ['/docs'],
		name: '2024',
	};
	expect((await batch([create])).json.data.result[0].data.folders[0].name).toBe('2024');
});

test('a batch without entries is 120 with the name of the parameter', async () => {
	const { json } = await call(nas, alice, 'SYNO.Entry.Request', 'request', 1);
	expect(json.error).toEqual({ code: 120, errors: { name: 'compound', reason: 'required' } });
});

test('background tasks are listed by group and asked for by id', async () => {
	const id = '@administrators/groupbatch1737238746C6723E33';
	const info = { api: 'SYNO.Core.User.Group', group: 'admin', method: 'join', prefix: 'groupbatch', version: 1 };
	nas.nas.tasks.set(id, { group: 'admin', auto_remove: false, finish: false, data: { progress: 1, total: 1 }, info });
	const polling = async (method: string, params: Record<string, string>) =>
		(await call(nas, alice, 'SYNO.Entry.Request.Polling', method, 1, params)).json;
	expect((await polling('list', {})).error).toEqual({
		code: 120,
		errors: { name: 'task_id_prefix', reason: 'required' },
	});
	const listed = await polling('list', { task_id_prefix: '"groupbatch"', extra_group_tasks: '["admin","user"]' });
	expect(listed.data).toEqual({ admin: [id], user: [] });
	expect((await polling('status', { task_id: `"${id}"` })).data).toEqual({
		auto_remove: false,
		data: { progress: 1, total: 1 },
		finish: false,
		info,
		success: true,
	});
	expect((await polling('status', {})).error).toEqual({ code: 120, errors: { name: 'task_id', reason: 'required' } });
	nas.nas.switches.missingTaskIdCode = 114;
	expect((await polling('status', {})).error).toEqual({ code: 114 });
	expect((await polling('status', { task_id: '"@x/none"' })).error?.code).toBe(117);
});
