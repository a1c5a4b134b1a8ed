import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A release line of DSM as it is simulated: the newest build of it that a source names (releases.md 1). */
interface Release {
	product: string;
	build: string;
	update: number;
	/** Recorded lists that make up its own, a later one over an earlier one (releases.md 2). */
	lists: readonly string[];
}

/** The oldest first. No whole list of 7.4 is known: what was probed of it lies over the list before. */
const RELEASES = {
	'7.0.1': { product: '7.0.1', build: '42218', update: 7, lists: ['7.0.1'] },
	'7.1.1': { product: '7.1.1', build: '42962', update: 9, lists: ['7.1.1'] },
	'7.2.2': { product: '7.2.2', build: '72806', update: 9, lists: ['7.2.2'] },
	'7.3': { product: '7.3.2', build: '86009', update: 4, lists: ['7.3.x?'] },
	'7.4': { product: '7.4.1', build: '90080', update: 0, lists: ['7.3.x?', '7.3.2-novel', '7.4-partial'] },
} as const satisfies Record<string, Release>;

export type DsmRelease = keyof typeof RELEASES;

/** What can be simulated, the oldest first. */
export const releases = Object.keys(RELEASES) as DsmRelease[];

/** The newest one whose whole list is known. */
export const NEWEST_WHOLE: DsmRelease = '7.3';

export const isRelease = (text: string): text is DsmRelease => Object.hasOwn(RELEASES, text);

export const releaseOf = (dsm: DsmRelease): Release => RELEASES[dsm];

/** `DSM 7.3.2-86009 Update 4`. */
export function versionString(dsm: DsmRelease): string {
	const { product, build, update } = RELEASES[dsm];
	return `DSM ${product}-${build}${update > 0 ? ` Update ${update}` : ''}`;
}

export interface RecordedApi {
	minVersion: number;
	maxVersion: number;
	path: string | null;
	requestFormat?: string;
}

interface Manifest {
	releases: Record<string, { apis: Record<string, RecordedApi> }>;
	suspectCarriedOver: { names: string[] };
	switches: { name: string; since: string }[];
}

/** No NAS whose list stands for a release had this package, but that of another recording of DSM 7 had (webdav.md 1). */
const WEBDAV_SERVER = { list: '7.2.x-2024-11', start: 'SYNO.WebDAV.' };

/** The recorded API list of a release, without the names that were merged into it by mistake (releases.md 2). */
export function recordedApis(dsm: DsmRelease): Map<string, RecordedApi> {
	const { releases: recorded, suspectCarriedOver } = manifest();
	const apis = new Map(RELEASES[dsm].lists.flatMap((name) => Object.entries(recorded[name]?.apis ?? {})));
	if (dsm === '7.1.1') for (const name of suspectCarriedOver.names) apis.delete(name);
	const { list, start } = WEBDAV_SERVER;
	for (const [name, api] of Object.entries(recorded[list]?.apis ?? {})) if (name.startsWith(start)) apis.set(name, api);
	return apis;
}

/**
 * Methods that came to a version after the release in which it stood first; the method tables are those of DSM 7.2.2 (releases.md 3).
 */
const GAINED = [
	{ api: 'SYNO.Core.System', version: 2, methods: ['reboot', 'shutdown'], since: '7.1.1' },
	{ api: 'SYNO.Core.Group.Member', version: 1, methods: ['change'], since: '7.1.1' },
	{ api: 'SYNO.Core.Certificate.CRT', version: 1, methods: ['renew'], since: '7.1.1' },
	{ api: 'SYNO.Core.OTP.Admin', version: 1, methods: ['get_otp_status'], since: '7.1.1' },
	{ api: 'SYNO.Core.TaskScheduler', version: 3, methods: ['list'], since: '7.2.2' },
] as const satisfies readonly { api: string; version: number; methods: string[]; since: DsmRelease }[];

/** Methods that a release does not have yet, by API and version. */
export const missingMethods = (
	dsm: DsmRelease,
): readonly { api: string; version: number; methods: readonly string[] }[] =>
	GAINED.filter(({ since }) => releases.indexOf(dsm) < releases.indexOf(since));

/** Names of everything that is known to differ by release. */
export const switchNames = (): string[] => manifest().switches.map(({ name }) => name);

/** Whether a release shows what `releases.json` describes under this name: from the build on at which it was seen first. */
export function shows(dsm: DsmRelease, name: string): boolean {
	const found = manifest().switches.find((one) => one.name === name);
	if (!found) throw new Error(`releases.json knows no switch ${name}`);
	const [own, since] = [numbersOf(RELEASES[dsm].product), numbersOf(found.since)];
	const differing = own.findIndex((number, index) => number !== (since[index] ?? 0));
	return differing < 0 || (own[differing] as number) > (since[differing] ?? 0);
}

const numbersOf = (version: string): number[] => (/^[\d.]+/.exec(version)?.[0] ?? '').split('.').map(Number);

let parsed: Manifest | undefined;

/** Parsed once per process: a test run starts many simulators. */
function manifest(): Manifest {
	const file = ['../../..', '../../../..']
		.map((root) => join(__dirname, root, 'docs/protocol/manifests/releases.json'))
		.find((path) => existsSync(path)) as string;
	return (parsed ??= JSON.parse(readFileSync(file, 'utf8')) as Manifest);
}
