import { readFileSync } from 'node:fs';
import path from 'node:path';
import { missingMethods, recordedApis, type DsmRelease, type RecordedApi } from './releases';

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
	methods?: ReadonlyMap<number, Set<string>>;
	/** What a non-administrator's call without parameters answered on a device (core-probe-codes). */
	recorded: Readonly<Record<string, number | string>>;
}

interface MethodRow {
	authLevel?: 0 | 1 | 2;
	admin?: 1;
	adminMethods?: string[];
	app?: string;
	/** `"1,2": "get list"`: equal versions share a line. */
	methods?: Record<string, string>;
}

/** APIs without a session whose descriptor does not state the level (core.md 7.1). */
const SESSIONLESS = new Set(['SYNO.API.Encryption', 'SYNO.SecureSignIn.Authenticator.Request']);

/** Joined once per process: a test run starts many simulators. */
const joined = new Map<DsmRelease, ReadonlyMap<string, Api>>();

/** The recorded API list of a release, joined with the method tables. */
export function loadApis(dsm: DsmRelease): Map<string, Api> {
	const apis = joined.get(dsm) ?? join(dsm);
	joined.set(dsm, apis);
	// Each simulator has its own: a test may change what one serves.
	return new Map([...apis].map(([name, api]) => [name, { ...api }]));
}

function join(dsm: DsmRelease): Map<string, Api> {
	const info = recordedApis(dsm);
	const tables = readData<Record<string, MethodRow>>('methods');
	const probe = readData<Record<string, Record<string, number | string>>>('probe');
	const rows = [...info].sort(([one], [other]) => (one < other ? -1 : 1));
	const apis = new Map(rows.map(([name, row]) => [name, toApi(name, row, tables[name] ?? {}, probe[name] ?? {})]));
	for (const { api, version, methods } of missingMethods(dsm))
		for (const method of methods) apis.get(api)?.methods?.get(version)?.delete(method);
	return apis;
}

function toApi(name: string, row: RecordedApi, table: MethodRow, recorded: Api['recorded']): Api {
	const { minVersion, maxVersion } = row;
	const path = row.path ?? 'entry.cgi';
	return {
		name,
		path,
		minVersion,
		maxVersion,
		...(takesJson(name, path) && { requestFormat: 'JSON' as const }),
		authLevel: table.authLevel ?? (SESSIONLESS.has(name) ? 0 : 1),
		adminOnly: table.admin === 1,
		adminMethods: new Set(table.adminMethods),
		...(table.app !== undefined && { app: table.app }),
		...(table.methods && { methods: toMethods(table.methods) }),
		recorded,
	};
}

/** Not every list was recorded with the format; in those that were, all say the same (core.md 2). */
const takesJson = (name: string, path: string): boolean => path === 'entry.cgi' && name !== 'SYNO.API.Auth';

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

function readData<T>(name: string): T {
	return JSON.parse(readFileSync(path.join(__dirname, '../data', `${name}.json`), 'utf8')) as T;
}
