import { describe, expect, test } from '@jest/globals';
import { candidates } from '../../src/core/quickconnect';
import { failure } from '../support/nas';
import { behindDirectory } from './directory';
import type { QuickConnectSite } from '../../src/simulator/core/quickconnect';

const info = { api: 'SYNO.DSM.Info', method: 'getinfo', version: 2 } as const;

const serverID = '0123456789';

describe('QuickConnect', () => {
	test('an id leads to the LAN address that proves to be the NAS, resolved once', async () => {
		const sites = (port: number): QuickConnectSite[] => [{ 'Alice-Home': { serverID, port, lan: ['127.0.0.1'] } }];
		await behindDirectory(sites, async ({ dsm, simulator, asked }) => {
			expect((await dsm.call(info)).model).toBe('DS920+');
			await dsm.call(info);
			expect(dsm.url).toBe(simulator.url);
			expect(asked()).toEqual(['0 get_server_info']);
		});
	});

	test('a regional directory is asked when the global one says where', async () => {
		const sites = (port: number): QuickConnectSite[] => [{}, { 'alice-home': { serverID, port, lan: ['127.0.0.1'] } }];
		await behindDirectory(sites, async ({ dsm, asked }) => {
			expect((await dsm.call(info)).model).toBe('DS920+');
			expect(asked()).toEqual(['0 get_server_info', '1 get_server_info']);
		});
	});

	test('a machine with another identity at the LAN address gets no login', async () => {
		const sites = (port: number): QuickConnectSite[] => [
			{ 'alice-home': { serverID: '999', port, lan: ['127.0.0.1'] } },
		];
		await behindDirectory(sites, async ({ dsm, simulator }) => {
			const error = await failure(dsm.call(info));
			expect([error.code, error.message]).toEqual([
				'connection',
				'The NAS with the QuickConnect ID "alice-home" cannot be reached.',
			]);
			expect(simulator.logins).toBe(0);
		});
	});

	test('the relay is opened when no direct way leads to the NAS', async () => {
		const sites = (port: number): QuickConnectSite[] => [
			{ 'alice-home': { serverID, port: 1, lan: ['127.0.0.1'], relay: { host: '127.0.0.1', port } } },
		];
		await behindDirectory(sites, async ({ dsm, simulator, asked }) => {
			expect((await dsm.call(info)).model).toBe('DS920+');
			expect(dsm.url).toBe(simulator.url);
			expect(asked()).toEqual(['0 get_server_info', '0 request_tunnel']);
		});
	});

	test('an unknown id is an input error', async () => {
		await behindDirectory(
			() => [{}],
			async ({ dsm }) => {
				const error = await failure(dsm.call(info));
				expect([error.code, error.message]).toEqual([
					'input',
					'There is no NAS with the QuickConnect ID "alice-home".',
				]);
			},
		);
	});

	test('the address is resolved anew after a transport fault', async () => {
		const sites = (port: number): QuickConnectSite[] => [{ 'alice-home': { serverID, port, lan: ['127.0.0.1'] } }];
		await behindDirectory(sites, async ({ dsm, simulator, asked }) => {
			await dsm.call(info);
			simulator.nas.faults.cut({ api: 'SYNO.DSM.Info' });
			await dsm.call(info, {}, { readOnly: true });
			expect(asked()).toHaveLength(2);
		});
	});

	test('addresses are tried from near to far, unused ones left out', () => {
		expect(
			candidates({
				server: {
					ddns: 'nas.example.com',
					fqdn: 'NULL',
					external: { ip: '198.51.100.20', ipv6: '::' },
					interface: [{ ip: '192.0.2.10', ipv6: [{ address: 'fe80::1' }, { address: '2001:db8::10' }] }],
				},
				service: { port: 5001, ext_port: 15001 },
				smartdns: { host: 'alice.direct.quickconnect.to', lan: ['192-0-2-10.alice.direct.quickconnect.to'], lanv6: [] },
			}),
		).toEqual([
			'https://192.0.2.10:5001',
			'https://[2001:db8::10]:5001',
			'https://192-0-2-10.alice.direct.quickconnect.to:5001',
			'https://nas.example.com:15001',
			'https://alice.direct.quickconnect.to:5001',
			'https://198.51.100.20:15001',
		]);
	});
});
