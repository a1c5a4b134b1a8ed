import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { callsOf } from '../../catalog/operation';
import type { Call } from '../../core/call';
import { memoryStore, realHost } from '../../core/host';
import { createPool } from '../../core/pool';
import { allServices, explain, operationsOf, rightOf, serviceOf, spacingOf } from '../../services';
import { checkNas } from '../../services/api/check';
import { keyOf, type Report } from '../../services/api/check/report';
import { releases, SettableClock, startSimulator, type DsmRelease } from '../../simulator';
import { writeFiles, type Files } from '../files';
import { confirmedBy, deviations } from './compare';
import { readReport } from './read';
import { confirmedText, dossierText, fileName, INTRODUCTION } from './text';

const ROOT = path.join(__dirname, '../../../..');
const DOSSIER = 'docs/protocol/reports.md';
const CONFIRMED = 'src/catalog/confirmed.ts';

const MINUTES = 60_000;

/** Calls of all operations by their names in a report. */
export const calls: ReadonlyMap<string, Call> = new Map(
	allServices()
		.flatMap(operationsOf)
		.flatMap(callsOf)
		.map((call) => [keyOf(call), call]),
);

/** The simulated line of a version: `7.2.1-69057` -> 7.2.2. */
const lineOf = (dsm: string): DsmRelease =>
	releases.find((one) => dsm.split('.').slice(0, 2).join('.') === one.split('.').slice(0, 2).join('.')) ??
	releases.at(-1)!;

/**
 * What a check says of the simulated NAS of the same release, with the same kind of account, of the same services: which names of fields
 * are told depends on what else was heard.
 */
export async function simulated({
	dsm,
	administrator,
	operations = [],
}: Pick<Report, 'dsm' | 'administrator'> & Partial<Pick<Report, 'operations'>>): Promise<Report> {
	const checked = [...new Set(operations.map(({ id }) => id.split('.')[0]!))];
	const account = administrator === false ? 'user' : 'admin';
	const clock = new SettableClock(Date.now());
	const simulator = await startSimulator({ dsm: lineOf(dsm), account, clock, allowUnknown: true });
	simulator.nas.installAll();
	const host = {
		...realHost(),
		now: () => clock.now(),
		sleep: async (milliseconds: number) => void clock.advance(milliseconds),
		store: memoryStore(),
		log: { debug: () => undefined, warn: () => undefined },
	};
	const pool = createPool({ host, explain, rightOf, serviceOf, spacingOf });
	try {
		const { url, password } = simulator;
		const { dsm: handle } = pool.acquire({ url, account: simulator.account, password });
		return (await checkNas(handle, checked, 10 * MINUTES)).report;
	} finally {
		await pool.close();
		await simulator.close();
	}
}

/** The files that follow from a report and that of the simulated NAS: itself, what the simulated NAS does otherwise, what it confirms, and its section in the dossier. */
export function learn(report: Report, ours: Report, root = ROOT): Files {
	const differing = deviations(report, ours, calls);
	const confirmed = confirmedBy(report, calls);
	const read = (file: string, otherwise = ''): string =>
		existsSync(path.join(root, file)) ? readFileSync(path.join(root, file), 'utf8') : otherwise;
	const { text, section } = dossierText(read(DOSSIER, INTRODUCTION), report, { differing, confirmed });
	const name = fileName(report);
	return {
		[`test/fixtures/reports/${name}.json`]: `${JSON.stringify(report, null, '\t')}\n`,
		[`src/simulator/data/learned/${name}.json`]: `[${differing.map((one) => `\n\t${JSON.stringify(one)}`).join(',')}\n]\n`,
		[DOSSIER]: text,
		[CONFIRMED]: confirmedText(read(CONFIRMED), confirmed, section),
	};
}

async function main([file]: string[]): Promise<void> {
	if (file === undefined) throw new Error('Usage: npm run learn -- report.json');
	const report = readReport(readFileSync(file, 'utf8'));
	const files = learn(report, await simulated(report));
	writeFiles(ROOT, files);
	console.log(Object.keys(files).join('\n'));
	console.log('Look at what was written; then npm run docs and npm test.');
}

if (require.main === module)
	main(process.argv.slice(2)).catch((error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	});
