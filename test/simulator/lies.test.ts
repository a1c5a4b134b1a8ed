import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { LIES, startSimulator, type Lie, type Simulator } from '../../src/simulator';
import { call, get, login, type Form, type Login } from './client';

let nas: Simulator;
let alice: Login;

beforeEach(async () => {
	nas = await startSimulator();
	alice = await login(nas);
});
afterEach(() => nas.close());

interface Shares {
	shares?: { path: string; name: string }[];
	total?: number;
}

/** The shared folders as the NAS tells them under a lie. */
async function told(lie: Lie | undefined, params: Form = {}): Promise<Shares> {
	nas.nas.beHonest();
	if (lie) nas.nas.lie(lie);
	const { json } = await call(nas, alice, 'SYNO.FileStation.List', 'list_share', 2, params);
	const { shares, total } = json.data as Shares;
	return { ...(shares && { shares }), ...(total !== undefined && { total }) };
}
const names = ({ shares = [] }: Shares): string[] => shares.map(({ name }) => name);

describe('a NAS that lies', () => {
	test('leaves out everything, the list, its rows or every second row', async () => {
		const truth = await told(undefined);
		const all = names(truth);
		expect(all.length).toBeGreaterThan(2);
		expect(await told('emptySuccess')).toEqual({});
		expect(await told('missingList')).toEqual({ total: all.length });
		expect(await told('emptyList')).toEqual({ shares: [], total: 0 });
		const half = all.filter((_, index) => index % 2 === 0);
		const lie = await told('halfList');
		expect([names(lie), lie.total]).toEqual([half, half.length]);
	});

	test('gives the last row the id of the first, and moves a row between pages', async () => {
		const truth = await told(undefined);
		const lie = await told('reusedIds');
		expect(lie.shares!.at(-1)!.path).toBe(truth.shares![0]!.path);
		expect(names(lie)).toEqual(names(truth));
		expect(names(await told('movingItems'))).toEqual(names(truth));
		expect(names(await told('movingItems', { offset: 1 }))).toEqual(names(truth).slice(2));
	});

	test('has another year in its header Date only', async () => {
		const year = async () => new Date((await get(nas, QUERY)).headers.get('date')!).getUTCFullYear();
		const now = await year();
		nas.nas.lie('wrongDate');
		expect(await year()).toBe(now + 1);
		nas.nas.beHonest();
		expect(await year()).toBe(now);
	});

	test('tells the truth of its APIs and to logins, and does what it is told', async () => {
		for (const lie of Object.keys(LIES) as Lie[]) nas.nas.lie(lie);
		expect((await get(nas, QUERY)).json.data).toMatchObject({ 'SYNO.API.Auth': { path: expect.any(String) } });
		alice = await login(nas);
		const made = await call(nas, alice, 'SYNO.FileStation.CreateFolder', 'create', 2, {
			folder_path: '["/docs"]',
			name: '["made"]',
		});
		expect(made.json).toMatchObject({ success: true, data: { folders: [{ path: '/docs/made' }] } });
	});
});

const QUERY = { api: 'SYNO.API.Info', version: 1, method: 'query', query: 'SYNO.API.Auth' } as const;
