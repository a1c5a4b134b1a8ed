import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { allServices, operationsOf, pushesOf, triggersOf } from '../services';
import type { AnyOperation } from '../catalog/operation';
import type { RequestRecord } from '../simulator';
import { recordRequests } from './recording';
import { serviceManifest, serviceText } from './reference';

/** The API reference: file name in `docs/api` -> text. */
export async function apiReference(): Promise<Record<string, string>> {
	const files: Record<string, string> = {};
	for (const service of allServices()) {
		const requests = new Map<AnyOperation, RequestRecord[]>();
		for (const operation of operationsOf(service)) requests.set(operation, await recordRequests(operation));
		files[`${service.id}.md`] = serviceText(service, (operation) => requests.get(operation) ?? []);
		files[`${service.id}.manifest.json`] = serviceManifest(service, [
			...operationsOf(service),
			...triggersOf(service),
			...pushesOf(service),
		]);
	}
	return files;
}

async function write(): Promise<void> {
	const folder = path.join(__dirname, '../../../docs/api');
	mkdirSync(folder, { recursive: true });
	for (const [name, text] of Object.entries(await apiReference())) writeFileSync(path.join(folder, name), text);
}

if (require.main === module) void write();
