import { request as http } from 'node:http';
import { request as https } from 'node:https';
import type { Call } from '../../core/call';
import { report, timeEach, withNas } from './nas';

const profile: Call = { api: 'SYNO.Personal.Profile', method: 'get', version: 1 };
const COUNT = 1000;

/** The same call the plain way: a new TCP (and TLS) connection each time. */
function onNewConnection(url: string, sid: string, token: string | undefined): Promise<void> {
	const send = url.startsWith('https:') ? https : http;
	const body = `api=${profile.api}&method=${profile.method}&version=${profile.version}&_sid=${encodeURIComponent(sid)}`;
	const headers = {
		'content-type': 'application/x-www-form-urlencoded',
		...(token !== undefined && { 'x-syno-token': token }),
	};
	return new Promise((resolve, reject) => {
		const options = { method: 'POST', headers, agent: false, rejectUnauthorized: false } as const;
		const request = send(`${url}/webapi/entry.cgi`, options, (response) => {
			response.resume().on('end', resolve).on('error', reject);
		});
		request.on('error', reject).end(body);
	});
}

async function compare(name: string, args: string[]): Promise<void> {
	await withNas(args, async ({ dsm, export: session }, { url }) => {
		await dsm.call(profile, {}, { readOnly: true });
		const value = await timeEach(COUNT, () => dsm.call(profile, {}, { readOnly: true }));
		const { sid, synoToken } = await session();
		const reference = await timeEach(COUNT / 4, () => onNewConnection(url, sid, synoToken));
		report({ name: `warm call, ${name}`, value, unit: 'ms', reference, ratio: reference / value });
		const start = performance.now();
		await Promise.all(Array.from({ length: COUNT }, () => dsm.call(profile, {}, { readOnly: true })));
		report({ name: `parallel calls, ${name}`, value: (COUNT / (performance.now() - start)) * 1000, unit: 'calls/s' });
	});
}

async function main(): Promise<void> {
	await compare('http', []);
	await compare('https', ['--tls']);
}

void main();
