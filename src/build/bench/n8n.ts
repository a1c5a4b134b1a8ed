import { SIZE_NAME, tell } from './memory';
import { inN8n } from './n8nWorks';

async function main(): Promise<void> {
	await inN8n(async ({ upload, download }) => {
		tell(`upload ${SIZE_NAME} through n8n`, await upload());
		tell(`download ${SIZE_NAME} through n8n`, await download());
	});
}

void main();
