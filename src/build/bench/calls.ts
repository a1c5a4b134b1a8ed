import { Agent, request } from 'undici';
import type { Call } from '../../core/call';
import { timeEach, timeTogether, versus } from './measure';
import { report, withPlainNas } from './nas';

const list: Call = { api: 'SYNO.FileStation.List', method: 'list', version: 2 };
/** Rows of the answers: about 200 bytes each. */
const SIZES = [1, 10, 100];
const COUNT = 300;
const ROUNDS = 25;
const WIDTH = 16;
/** What a small call may take, as a multiple of the plain way, and the part of the plain throughput that is left with many at once. */
const SLOWEST = 1.25;
const THROUGHPUT = 0.9;

async function main(): Promise<void> {
	await withPlainNas(async ({ dsm, export: session }, { url }, tell) => {
		await tell({ files: 100 });
		const { sid, synoToken } = await session();
		// As many connections as the client has.
		const dispatcher = new Agent({ connections: 8, keepAliveTimeout: 15_000 });
		for (const limit of SIZES) {
			const params = { folder_path: '/docs/many', offset: 0, limit };
			const ours = async () => await dsm.call(list, params, { readOnly: true });
			const plain = async () => {
				const { api, method, version } = list;
				const fields = { api, method, version: String(version), folder_path: '"/docs/many"', offset: '0', _sid: sid };
				const { body } = await request(`${url}/webapi/entry.cgi`, {
					method: 'POST',
					dispatcher,
					headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-syno-token': synoToken ?? '' },
					body: new URLSearchParams({ ...fields, limit: String(limit) }).toString(),
				});
				return JSON.parse(await body.text()) as unknown;
			};
			const name = `answer of ${limit} row${limit === 1 ? '' : 's'}`;
			const one = await versus(
				ROUNDS,
				async () => await timeEach(COUNT, ours),
				async () => await timeEach(COUNT, plain),
			);
			report({
				name: `warm call, ${name}, against undici`,
				value: one.ratio,
				unit: '×',
				...(limit === 1 && { most: SLOWEST }),
			});
			report({ name: `warm call, ${name}`, value: one.ours, unit: 'ms', reference: one.plain });
			const many = await versus(
				ROUNDS,
				async () => await timeTogether(COUNT, WIDTH, ours),
				async () => await timeTogether(COUNT, WIDTH, plain),
			);
			const what = `${WIDTH} calls in flight, ${name}`;
			report({
				name: `${what}, throughput against undici`,
				value: 1 / many.ratio,
				unit: '×',
				...(limit === 1 && { least: THROUGHPUT }),
			});
			report({ name: what, value: 1000 / many.ours, unit: 'calls/s', reference: 1000 / many.plain });
		}
		await dispatcher.close();
	});
}

void main();
