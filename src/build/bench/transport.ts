import { SIZE_NAME, tell } from './memory';
import { inN8n } from './n8nWorks';
import { timeEach } from './measure';
import { report } from './nas';

const CALLS = 200;
const ITEMS = 1000;

/** The nodes in n8n's engine, on whatever platform this process has. */
async function main(): Promise<void> {
	await inN8n(async ({ run, upload, download }) => {
		const get = { resource: 'station', operation: 'get' };
		report({
			name: 'execution of one call',
			value: await timeEach(CALLS, async () => await run('synologyFile', get)),
			unit: 'ms',
		});
		const items = Array.from({ length: ITEMS }, (_, index) => ({ json: { path: `/docs/${index}.txt` } }));
		const exists = { resource: 'file', operation: 'checkExists', path: '={{ $json.path }}' };
		const start = performance.now();
		await run('synologyFile', exists, items);
		report({ name: 'execution over 1,000 items', value: performance.now() - start, unit: 'ms' });
		tell(`upload ${SIZE_NAME}`, await upload());
		tell(`download ${SIZE_NAME}`, await download());
	});
}

void main();
