import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { allServices } from '../../src/services';
import { startSimulator, type Simulator } from '../../src/simulator';
import { makeUserDir, NodeRed } from './runtime';

let red: NodeRed;
let simulator: Simulator;

beforeAll(async () => {
	red = await new NodeRed(makeUserDir()).start();
});
afterAll(async () => {
	await red.stop();
	red.remove();
});
beforeEach(async () => void (simulator = await startSimulator({ allowUnknown: true })));
afterEach(async () => await simulator.close());

const form = (changes: Record<string, string> = {}) => ({
	...{ id: 'nas', url: simulator.url, account: simulator.account, password: simulator.password },
	...{ otpSecret: '', otpCode: '', tls: 'verify', deviceName: 'Synoflow' },
	...changes,
});

describe('the check of a NAS', () => {
	test('says what works with these settings, gives the report, and signs out', async () => {
		const answer = (await (await red.post('/synology-nas/check', form())).json()) as Record<string, unknown>;
		expect(answer).toMatchObject({ ok: true, report: { report: 'synology-check', dsm: '7.3.2-86009 Update 4' } });
		const { services } = answer['found'] as { services: Record<string, unknown>[] };
		expect(services.map(({ service }) => service)).toEqual(allServices().map(({ id }) => id));
		expect(services.find(({ service }) => service === 'file')).toEqual({
			...{ service: 'file', title: 'File Station', counts: ['15 work', '6 skipped'] },
			reasons: expect.arrayContaining(['4 × left out: it would keep the NAS busy']),
		});
		expect(JSON.stringify(answer['report'])).not.toContain(simulator.password);
		expect(simulator.nas.sessions.size).toBe(0);
	}, 180_000);

	test('is refused like a test where the password is wrong', async () => {
		const answer = await red.post('/synology-nas/check', form({ password: 'wrong' }));
		expect(await answer.json()).toMatchObject({ ok: false, message: expect.stringContaining('password is wrong') });
		expect(simulator.logins).toBe(1);
	});
});
