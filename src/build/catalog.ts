import { allServices, operationsOf, pushesOf, triggersOf } from '../services';
import type { AnyOperation, AnyPush, AnyTrigger, Service } from '../catalog/operation';
import { callsOf, idOf, sourcesOf } from '../catalog/operation';

/** One line of `npm run catalog -- --json`. A procedure or trigger of several calls names the first; `calls` has all. */
export interface CatalogRow {
	id: string;
	kind: 'operation' | 'procedure' | 'trigger';
	title: string;
	api: string;
	method: string;
	version: number;
	basis: string;
	/** Dossiers and sections that the calls are written from. */
	source: string;
	/** Declared by code instead of data. */
	code: boolean;
	readOnly: boolean;
	calls: { api: string; method: string; version: number }[];
	/** CardDAV and CalDAV requests. */
	dav?: readonly string[];
}

/** The only call that is certain where the user names the calls: their path and format come from it (core.md 18). */
const DISCOVERY = { api: 'SYNO.API.Info', method: 'query', version: 1 };

function row(item: AnyOperation | AnyTrigger | AnyPush): CatalogRow {
	const isTrigger = item.kind === 'trigger' || item.kind === 'push';
	const calls = isTrigger ? item.uses : callsOf(item);
	const first = calls[0] ?? DISCOVERY;
	return {
		id: idOf(item),
		kind: isTrigger ? 'trigger' : item.kind,
		title: item.title,
		api: first.api,
		method: first.method,
		version: first.version,
		basis: item.basis,
		source: sourcesOf(item).join('; '),
		code: item.kind === 'procedure',
		readOnly: item.kind === 'trigger' || (item.kind !== 'push' && item.readOnly === true),
		calls: calls.map(({ api, method, version }) => ({ api, method, version })),
		...('dav' in item && item.dav && { dav: item.dav }),
	};
}

/** Every operation and trigger, in the order of the documentation. */
export const catalogRows = (from: readonly Service[] = allServices()): CatalogRow[] =>
	from.flatMap((service) => [...operationsOf(service), ...triggersOf(service), ...pushesOf(service)]).map(row);

const line = ({ id, kind, api, method, version, basis }: CatalogRow) =>
	`${id.padEnd(28)} ${kind.padEnd(10)} ${basis.padEnd(9)} ${api} ${method} v${version}`;

if (require.main === module) {
	const rows = catalogRows();
	console.log(process.argv.includes('--json') ? JSON.stringify(rows) : rows.map(line).join('\n'));
}
