import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type DsmVersion = '7.1' | '7.2';

/** One API as `SYNO.API.Info` lists it, with what its descriptor adds (core.md 1.4). */
export interface Api {
	name: string;
	/** CGI under `/webapi/`. */
	path: string;
	minVersion: number;
	maxVersion: number;
	requestFormat?: 'JSON';
	/** 0 = no session, 1 = session required, 2 = optional. */
	authLevel: 0 | 1 | 2;
	/** Administrators only: all methods, or these. */
	adminOnly: boolean;
	adminMethods: ReadonlySet<string>;
	/** Application the account must be granted. */
	app?: string;
	/** Methods by version; absent when no source lists them. */
	methods?: ReadonlyMap<number, ReadonlySet<string>>;
	/** What a non-administrator's call without parameters answered on a device (core-probe-codes). */
	recorded: Readonly<Record<string, number | string>>;
}

type InfoRow = [minVersion: number, maxVersion: number, path?: string, json?: 0 | 1];

interface MethodRow {
	authLevel?: 0 | 1 | 2;
	admin?: 1;
	adminMethods?: string[];
	app?: string;
	/** `"1,2": "get list"`: equal versions share a line. */
	methods?: Record<string, string>;
}

/** APIs without a session whose descriptor does not state the level (core.md 7.1). */
const SESSIONLESS = new Set(['SYNO.API.Encryption']);

/** The recorded API list of a release, joined with the method tables. */
export function loadApis(dsm: DsmVersion): Map<string, Api> {
	const info = readData<Record<string, InfoRow>>(`info-${dsm}`);
	const tables = readData<Record<string, MethodRow>>('methods');
	const probe = readData<Record<string, Record<string, number | string>>>('probe');
	const names = Object.keys(info).sort();
	return new Map(
		names.map((name) => [name, toApi(name, info[name] as InfoRow, tables[name] ?? {}, probe[name] ?? {})]),
	);
}

function toApi(name: string, row: InfoRow, table: MethodRow, recorded: Api['recorded']): Api {
	const [minVersion, maxVersion, path = 'entry.cgi', json = 1] = row;
	return {
		name,
		path,
		minVersion,
		maxVersion,
		...(json === 1 && { requestFormat: 'JSON' as const }),
		authLevel: table.authLevel ?? (SESSIONLESS.has(name) ? 0 : 1),
		adminOnly: table.admin === 1,
		adminMethods: new Set(table.adminMethods),
		...(table.app !== undefined && { app: table.app }),
		...(table.methods && { methods: toMethods(table.methods) }),
		recorded,
	};
}

function toMethods(rows: Record<string, string>): Map<number, Set<string>> {
	const methods = new Map<number, Set<string>>();
	for (const [versions, names] of Object.entries(rows)) {
		for (const version of versions.split(',')) methods.set(Number(version), new Set(names.split(' ').filter(Boolean)));
	}
	return methods;
}

/**
 * Methods registered at a version; undefined when no source lists any. A version above the listed ones repeats the
 * highest listed one (chat.md: newer releases advertise versions whose table was never dumped).
 */
export function methodsAt(api: Api, version: number): ReadonlySet<string> | undefined {
	if (!api.methods) return undefined;
	const exact = api.methods.get(version);
	if (exact) return exact;
	const highest = Math.max(...api.methods.keys());
	return version > highest ? api.methods.get(highest) : new Set();
}

/** The row of `SYNO.API.Info`. */
export function infoRow({ maxVersion, minVersion, path, requestFormat }: Api): Record<string, unknown> {
	return { maxVersion, minVersion, path, ...(requestFormat && { requestFormat }) };
}

/** Parsed once per process: a test run starts many simulators. */
const parsed = new Map<string, unknown>();

function readData<T>(name: string): T {
	if (!parsed.has(name)) parsed.set(name, JSON.parse(readFileSync(join(__dirname, '../data', `${name}.json`), 'utf8')));
	return parsed.get(name) as T;
}
