import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { operations } from '../services/system/stage';
import { startSimulator, type Simulator } from '../../src/simulator';
import { SIGNED } from '../fixtures/tls/signed';
import { failure, withNas } from '../support/nas';

const info = { api: 'SYNO.DSM.Info', method: 'getinfo', version: 2 } as const;
const apis = ['SYNO.DSM.Info'];
const { nas } = operations;
const pin = ({ fingerprint256 }: Simulator) => ({ tls: 'pin' as const, fingerprint: fingerprint256! });

/** What has reached a NAS: of each request its method, and everything that it told. */
const told = ({ requests }: Simulator): unknown[] =>
	requests.map(({ httpMethod, path, params, headers }) => ({
		asked: `${httpMethod} ${path}`,
		params,
		own: Object.keys(headers).filter((name) => !/^(accept|accept-encoding|connection|host|user-agent)$/.test(name)),
	}));

/** A look at a certificate: nothing is told by it. */
const LOOK = { asked: 'HEAD /', params: {}, own: [] };

describe('certificates, where n8n makes the connections', () => {
	test('one that nobody vouches for is refused; nothing but a look at it reaches the NAS, and its fingerprint is told', async () => {
		await withNas(
			{ tls: true, apis, connection: { headers: '{"X-Key":"door-key-17"}' } },
			async ({ dsm, simulator }) => {
				const error = await failure(dsm.call(info));
				expect(error.message).toBe(`${simulator.url} has a self-signed certificate.`);
				expect(error.hint).toContain(simulator.fingerprint256);
				expect(told(simulator)).toEqual([LOOK]);
			},
		);
	});

	test('another one than the pinned one gets nothing but that look', async () => {
		await withNas({ tls: true, apis }, async ({ acquire, simulator }) => {
			const error = await failure(acquire({ tls: 'pin', fingerprint: 'AB'.repeat(32) }).dsm.call(info));
			expect(error.message).toContain(simulator.fingerprint256!.replaceAll(':', ''));
			expect(told(simulator)).toEqual([LOOK]);
		});
	});

	test('a pinned one is trusted whoever signed it, and whatever name it is for', async () => {
		await withNas({ tls: SIGNED, apis }, async ({ acquire, simulator }) => {
			expect((await acquire(pin(simulator)).dsm.call(info)).model).toBe('DS920+');
		});
	});

	test('one that takes the place of the pinned one later gets nothing but that look, and is told', async () => {
		const first = await startSimulator({ tls: true });
		const port = Number(new URL(first.url).port);
		await withNas({ apis }, async ({ acquire }) => {
			const { account, password, url } = first;
			const { dsm } = acquire({ url, account, password, ...pin(first) });
			expect((await dsm.call(info)).model).toBe('DS920+');
			await first.close();
			const second = await startSimulator({ tls: SIGNED, port });
			try {
				const error = await failure(dsm.call(info));
				expect(error.message).toContain(
					`another fingerprint than the pinned one: ${second.fingerprint256!.replaceAll(':', '')}`,
				);
				expect(told(second)).toEqual([LOOK]);
			} finally {
				await second.close();
			}
		});
	});
});

test('a fault holds nothing of the request that it came of', async () => {
	await withNas({ apis }, async ({ dsm, simulator, connection }) => {
		simulator.nas.faults.cut({ api: 'SYNO.API.Auth', times: 9 });
		const error = await failure(dsm.call(info));
		expect(inspect(error, { depth: 10 })).not.toContain(connection.password);
	});
});

test('no more than eight requests are on their way at a time', async () => {
	await withNas({ apis }, async ({ dsm, simulator }) => {
		await dsm.call(info);
		simulator.nas.faults.latency(300);
		const before = simulator.requests.length;
		const calls = Array.from({ length: 20 }, async () => await dsm.call(info, {}));
		await new Promise((resolve) => setTimeout(resolve, 250));
		expect(simulator.requests.length - before).toBeLessThanOrEqual(8);
		simulator.nas.faults.latency(0);
		expect(await Promise.all(calls)).toHaveLength(20);
	});
});

test('what n8n lends no way for is refused with the reason, before anything is sent', async () => {
	await withNas({}, async ({ dsm, simulator }) => {
		const error = await failure(dsm.do(nas.wake, { mac: '00:11:32:aa:bb:cc' }));
		expect([error.code, error.message]).toEqual([
			'input',
			'This edition of the package cannot wake a NAS: n8n lends its nodes no way to send such a packet.',
		]);
		expect(simulator.requests).toEqual([]);
	});
});
