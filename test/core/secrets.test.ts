import { inspect } from 'node:util';
import { expect, test } from '@jest/globals';
import { failure, withNas } from '../support/nas';

const info = { api: 'SYNO.DSM.Info', method: 'getinfo', version: 2 } as const;

test('no secret appears in any log line, error or address, whatever goes wrong', async () => {
	await withNas(
		{ otp: true, lasts: true, apis: ['SYNO.DSM.Info'] },
		async ({ simulator, dsm, lease, lines, acquire, connection }) => {
			const session = await lease.export();
			const secrets = [connection.password, simulator.otpSecret!, session.sid, session.synoToken!, session.deviceId!];
			expect(secrets.map((secret) => typeof secret)).toEqual(Array(5).fill('string'));
			const errors: unknown[] = [];
			simulator.nas.faults.next({ api: 'SYNO.DSM.Info', code: 120, errors: { name: 'sid', reason: session.sid } });
			errors.push(await failure(dsm.call(info)));
			simulator.nas.faults.html(200);
			errors.push(await failure(dsm.call(info)));
			simulator.nas.faults.cut({ api: 'SYNO.DSM.Info' });
			errors.push(await failure(dsm.call(info)));
			simulator.nas.faults.redirectToHttps('https://nas.example.com');
			errors.push(await failure(dsm.call(info)));
			simulator.nas.faults.redirectToHttps(undefined);
			errors.push(await failure(acquire({ password: `${connection.password}x` }).dsm.call(info)));
			const said = [...lines, ...errors.map((error) => inspect(error, { depth: 6 }))].join('\n');
			for (const secret of secrets) expect(said).not.toContain(secret);
			for (const { path, query } of simulator.requests) {
				const address = path + JSON.stringify(query);
				for (const secret of secrets) expect(address).not.toContain(secret);
			}
		},
	);
});

test('a proxy page that repeats the request is quoted without its secrets', async () => {
	await withNas({ apis: ['SYNO.DSM.Info'] }, async ({ dsm, lease, simulator }) => {
		const { sid } = await lease.export();
		simulator.use({
			'SYNO.DSM.Info.getinfo': () => ({
				file: Buffer.from(`<p>bad request _sid=${sid}</p>`),
				name: '',
				type: 'text/html',
			}),
		});
		const error = await failure(dsm.call(info));
		expect(error.message).toMatch(/bad request _sid=\[redacted\]/);
		expect(inspect(error)).not.toContain(sid);
	});
});
