import { allServices, findOperation, operationsOf } from '../..';
import { idOf, type AnyOperation } from '../../../catalog/operation';
import type { ApiInfo, Dsm } from '../../../core/dsm';
import { isDsmError } from '../../../core/errors';
import { getFileStation, getSystem } from '../wire';
import { Observer } from './observer';
import { summaryOf, type Report, type ServiceSummary } from './report';
import { Round } from './run';

export interface Checked {
	dsm: string;
	complete: boolean;
	services: ServiceSummary[];
	report: Report;
}

/** Lists of names that may be keys of any answer: they are read first, also where their services are not checked. */
const NAMING = ['file.share.list', 'identity.user.list', 'identity.group.list'];
/** Most of them. */
const NAMES = 5000;

/** Id of the operation itself. */
const OWN = 'api.nas.checkNas';

/** Everything that reads. */
const reads = (services: readonly { id: string }[]): AnyOperation[] =>
	allServices()
		.filter(({ id }) => services.some((one) => one.id === id))
		.flatMap(operationsOf)
		.filter((one) => one.readOnly && idOf(one) !== OWN);

/**
 * Runs every operation that only reads, with values that the NAS has, and writes a report in which no value of the user is: kinds and
 * lengths, names of fields, codes, versions and times. `only`: ids of services; none: all. `milliseconds`: when it ends at the latest,
 * but for the operation that runs then.
 */
export async function checkNas(dsm: Dsm, only: readonly string[], milliseconds: number): Promise<Checked> {
	const start = performance.now();
	const services = allServices().filter(({ id }) => only.length === 0 || only.includes(id));
	const observer = new Observer();
	observer.hide(dsm.account, dsm.url);
	const apis = await dsm.apis();
	const system = await asked(async () => await dsm.call(getSystem));
	const account = await asked(async () => await dsm.call(getFileStation));
	for (const id of NAMING)
		await asked(async () => {
			for await (const row of dsm.each(findOperation(id), {}, { limit: NAMES })) observer.hide(row);
		});
	const administrator = account?.is_manager ?? null;
	const known = { apis, administrator, milliseconds };
	const { operations, complete } = await new Round(dsm, reads(services), observer, known).run();
	const report: Report = {
		report: 'synology-check',
		format: 1,
		dsm: releaseOf(system?.version_string),
		administrator,
		apis: Object.fromEntries(Object.entries(apis).flatMap(apiRow)),
		operations,
		calls: observer.reports(allServices().flatMap(operationsOf), apis),
		milliseconds: Math.round(performance.now() - start),
		complete,
	};
	return { dsm: report.dsm, complete, services: summaryOf(services, operations), report };
}

/** What the NAS refuses to say is not known. */
async function asked<T>(ask: () => Promise<T>): Promise<T | undefined> {
	try {
		return await ask();
	} catch (error) {
		if (isDsmError(error) && ['unavailable', 'permission', 'api', 'protocol'].includes(error.code)) return undefined;
		throw error;
	}
}

/** Nothing but a version: `7.2.2-72806 Update 3`. */
const releaseOf = (text: unknown): string =>
	/^(?:DSM )?(\d{1,2}(?:\.\d{1,2}){1,2}-\d{4,6}(?: Update \d{1,2})?)/.exec(typeof text === 'string' ? text : '')?.[1] ??
	'';

/** APIs of Synology, by names and paths that cannot be anything else. */
function apiRow([name, { minVersion, maxVersion, path, requestFormat }]: [string, ApiInfo]): [
	string,
	Report['apis'][string],
][] {
	if (!/^SYNO\.[A-Za-z0-9_.]{1,80}$/.test(name)) return [];
	const known = /^[A-Za-z0-9_./]{1,80}$/.test(path) ? path : '';
	return [[name, requestFormat ? [minVersion, maxVersion, known, requestFormat] : [minVersion, maxVersion, known]]];
}
