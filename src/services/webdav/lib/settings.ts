import { field, row } from '../../../catalog/row';
import type { Call } from '../../../core/call';
import type { Dsm } from '../../../core/dsm';
import { DsmApiError, DsmInputError, DsmUnavailableError, isDsmError } from '../../../core/errors';
import type { z } from '../../../vendor/zod';
import * as wire from '../wire/settings';
import { packageOf } from './packageState';

/** Keys under which releases may report a setting, the likeliest first (webdav.md 2.2). Capitals do not count. */
const ALIASES = {
	enable_http: ['enable_http', 'enable_webdav', 'enable_webdav_http'],
	http_port: ['http_port', 'webdav_http_port', 'port'],
	enable_https: ['enable_https', 'enable_webdav_https'],
	https_port: ['https_port', 'webdav_https_port'],
	enable_anonymous: ['enable_anonymous', 'anonymous', 'enable_webdav_anonymous'],
	enable_depth_infinity: ['enable_depth_infinity', 'enable_davdepthinfinity', 'depth_infinity'],
	enable_log: ['enable_log', 'enable_xferlog', 'enable_transfer_log'],
} as const;
export type Setting = keyof typeof ALIASES;
const NAMES = Object.keys(ALIASES) as Setting[];

/** What is known by name; what this NAS does not report is left out. */
export const settingsRow = row({
	enable_http: field.flag().optional(),
	http_port: field.number().optional(),
	enable_https: field.flag().optional(),
	https_port: field.number().optional(),
	enable_anonymous: field.flag().optional(),
	enable_depth_infinity: field.flag().optional(),
	enable_log: field.flag().optional(),
});
export type Settings = z.output<typeof settingsRow>;

type Values = Record<string, unknown>;
interface Profile {
	get: Call<Values>;
	set: Call;
}

export const SETTINGS_CALLS: readonly Call[] = [wire.getSettings, wire.setSettings, wire.getBuiltIn, wire.setBuiltIn];
export const READING_CALLS = SETTINGS_CALLS.filter(({ readOnly }) => readOnly);

/** How this NAS has its settings. Throws DsmUnavailableError where it has none, with what Package Center says. */
async function profileOf(dsm: Dsm): Promise<Profile> {
	const found = await dsm.apis([wire.PACKAGE_API, wire.BUILT_IN_API]);
	if (found[wire.PACKAGE_API]) return { get: wire.getSettings, set: wire.setSettings };
	if (found[wire.BUILT_IN_API]) return { get: wire.getBuiltIn, set: wire.setBuiltIn };
	const installed = await packageOf(dsm);
	throw new DsmUnavailableError(
		installed ? `WebDAV Server is not running (${installed.status}).` : 'WebDAV Server is not installed on this NAS.',
		{ hint: installed ? 'Start it with the operation "Start the server".' : 'Install it in Package Center.' },
	);
}

/** All that the NAS reports, under its own keys. */
export async function readSettings(dsm: Dsm): Promise<Values> {
	const { get } = await profileOf(dsm);
	return await dsm.call(get);
}

function keyOf(values: Values, name: Setting): string | undefined {
	const keys = Object.keys(values);
	for (const alias of ALIASES[name]) {
		const found = keys.find((key) => key.toLowerCase() === alias);
		if (found !== undefined) return found;
	}
	return undefined;
}

/** The settings that are known by name. */
export function namedSettings(values: Values): Settings {
	const found = NAMES.map((name) => [name, keyOf(values, name)] as const);
	return settingsRow.parse(
		Object.fromEntries(found.flatMap(([name, key]) => (key === undefined ? [] : [[name, values[key]]]))),
	);
}

/** Changes by the keys of this NAS. Throws DsmInputError for a setting that it does not report: no key is ever guessed. */
export function changesByKey(values: Values, wanted: Partial<Record<Setting, unknown>>): Values {
	return Object.fromEntries(
		Object.entries(wanted).map(([name, value]) => {
			const key = keyOf(values, name as Setting);
			if (key !== undefined) return [key, asBefore(values[key], value)];
			throw new DsmInputError(
				`"${name}" cannot be set: this NAS does not report it. It reports ${Object.keys(values).join(', ') || 'nothing'}.`,
				{ path: [name], hint: 'Change it in DSM, or leave it out.' },
			);
		}),
	);
}

/** A value in the form in which the NAS told the one before it. */
const asBefore = (before: unknown, value: unknown): unknown =>
	typeof before === 'string' ? String(value) : typeof before === 'number' ? Number(value) : value;

const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);
const PAUSE = 1000;
/** As long as the server may take to come back with the change (webdav.md 10.3). */
const LONGEST = 15_000;

/**
 * Sends all that the NAS reported with the changes in it, and asks again until it reports them: it says success for keys that it ignores,
 * and a restart of the server may swallow the answer. The write is never repeated. Throws DsmApiError when a change was not applied.
 */
export async function writeSettings(
	dsm: Dsm,
	changesOf: (values: Values) => Values,
): Promise<{ before: Values; after: Values }> {
	const { get, set } = await profileOf(dsm);
	const before = await dsm.call(get);
	const changes = changesOf(before);
	const open = (values: Values) => Object.keys(changes).filter((key) => String(values[key]) !== String(changes[key]));
	if (open(before).length === 0) return { before, after: before };
	const whole = Object.fromEntries(Object.entries({ ...before, ...changes }).filter(([, value]) => isScalar(value)));
	let lost: unknown;
	const unlessLost = (error: unknown): void => {
		if (!isLost(error)) throw error;
		lost = error;
	};
	await dsm.call(set, whole).catch(async (error: unknown) => {
		if (isLost(error)) return unlessLost(error);
		// Some releases want no more than what changes.
		if (!isDsmError(error) || (error.dsmCode !== 114 && error.dsmCode !== 120)) throw error;
		await dsm.call(set, changes).catch(unlessLost);
	});
	const started = dsm.now();
	for (;;) {
		const isLate = dsm.now() - started >= LONGEST;
		const after = await dsm.call(get).catch((error: unknown) => {
			// DSM itself may be slow to answer while the server restarts.
			if (isLate || !isDsmError(error) || error.code !== 'connection') throw error;
			return before;
		});
		const left = open(after);
		if (left.length === 0) return { before, after };
		if (isLate && lost) throw lost;
		if (isLate)
			throw new DsmApiError(`The NAS accepted the change of ${left.join(', ')}, but did not apply it.`, {
				hint: 'Change it in DSM: it may tell there what keeps it from that.',
			});
		await dsm.sleep(PAUSE);
	}
}

/** Whether the answer was lost, so that what the NAS reports now has to tell. */
const isLost = (error: unknown): boolean => isDsmError(error) && error.details.outcomeUnknown === true;
