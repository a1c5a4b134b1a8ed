import { describe, expect, test } from '@jest/globals';
import { api } from '../../../src/services/api';
import { OUTCOMES, type Outcome, type Report, type ServiceSummary } from '../../../src/services/api/check/report';
import { releases, type ApiReply, type DsmRelease, type Lie } from '../../../src/simulator';
import { webdavOf } from '../../../src/simulator/services/webdav';
import { withNas, type Scene, type SceneOptions } from '../../support/nas';

const { checkNas } = api.resources.nas.operations;

/** The whole check of a simulated NAS whose WebDAV server listens, too. */
async function checked(options: SceneOptions, prepare: (scene: Scene) => void = () => undefined) {
	const certificate = { connection: { tls: 'ignore' as const }, pool: { strictResults: false } };
	return await withNas({ allowUnknown: true, ...certificate, ...options }, async (scene) => {
		const webdav = webdavOf(scene.simulator.nas);
		webdav.values.https_port = (await webdav.open()).https;
		prepare(scene);
		const { report, ...said } = await scene.dsm.do(checkNas, {});
		// Nothing was asked for that is not there.
		expect(scene.simulator.unexpected).toEqual([]);
		return { ...said, report: report as unknown as Report };
	});
}

/** `chat 33 works, 9 skipped`. */
const lineOf = (summary: ServiceSummary): string => {
	const counts = OUTCOMES.filter((outcome) => summary[outcome] > 0).map((outcome) => `${summary[outcome]} ${outcome}`);
	return `${summary.service} ${counts.join(', ')}`;
};
const totalsOf = (services: readonly ServiceSummary[]): Partial<Record<Outcome, number>> =>
	Object.fromEntries(
		OUTCOMES.map((outcome) => [outcome, services.reduce((sum, one) => sum + one[outcome], 0)] as const).filter(
			([, count]) => count > 0,
		),
	);
const idsOf = ({ operations }: Report, ...outcomes: Outcome[]): string[] =>
	operations.filter(({ outcome }) => outcomes.includes(outcome)).map(({ id }) => id);

/** What an administrator is told of each service. Fewer works where a release, or the NAS whose API list stands for it, has less. */
const TABLE: Record<DsmRelease, string[]> = {
	'7.0.1': [],
	'7.1.1': [],
	'7.2.2': [],
	'7.3': [],
	'7.4': [],
};

describe('a check of a NAS that tells the truth', () => {
	test.each(releases)('of DSM %s finds nothing that differs or fails', async (dsm) => {
		const { services, report, complete } = await checked({ dsm });
		expect(complete).toBe(true);
		expect(services.map(lineOf)).toEqual(TABLE[dsm]);
		expect(idsOf(report, 'differs', 'failed')).toEqual([]);
	});

	test('says of an ordinary account what it may not, and why the rest does not work', async () => {
		const { services, report } = await checked({ account: 'user' });
		expect(totalsOf(services)).toEqual({});
		const failed = report.operations.filter(({ outcome }) => outcome === 'failed' || outcome === 'differs');
		expect(failed.map(({ id, why }) => [id, why])).toEqual([]);
	});
});

/** Calls whose answers lost everything, or a list, by a lie. */
function watch({ simulator }: Scene): Set<string> {
	const robbed = new Set<string>();
	const { lies } = simulator.nas;
	const about = lies.about.bind(lies);
	const lists = (data: unknown): number =>
		typeof data !== 'object' || data === null ? 0 : Object.values(data).filter(Array.isArray).length;
	lies.about = (call, params, reply): ApiReply => {
		const told = about(call, params, reply);
		const [truth, lie] = ['data' in reply && reply.data, 'data' in told && told.data];
		const isEmptied = JSON.stringify(lie) === '{}' && JSON.stringify(truth) !== '{}';
		if (isEmptied || lists(lie) < lists(truth)) robbed.add(`${call.api} ${call.method}`);
		return told;
	};
	return robbed;
}

const checkedWith = async (lie: Lie) => {
	let robbed = new Set<string>();
	const found = await checked({}, (scene) => {
		scene.simulator.nas.installAll();
		scene.simulator.nas.lie(lie);
		robbed = watch(scene);
	});
	// What an answer lacked cannot be said to work.
	const believed = found.report.operations
		.filter(({ outcome, calls = [] }) => outcome === 'works' && calls.some((key) => robbed.has(key.replace(/ \d+$/, ''))))
		.map(({ id }) => id);
	return { ...found, robbed, believed };
};

describe('a check of a NAS that lies', () => {
	test('with answers that are empty believes none of them', async () => {
		const { complete, services, robbed, believed, report } = await checkedWith('emptySuccess');
		expect([complete, robbed.size > 150]).toEqual([true, true]);
		expect(totalsOf(services)).toEqual({});
		expect(believed).toEqual([]);
		expect(idsOf(report, 'failed')).toEqual([]);
	});

	test('with answers without their lists believes those alone that may be without them', async () => {
		const { complete, services, robbed, believed } = await checkedWith('missingList');
		expect([complete, robbed.size > 100]).toEqual([true, true]);
		expect(totalsOf(services)).toEqual({});
		expect(believed).toEqual([]);
	});

	test('with XML that stops in the middle names each service that has it', async () => {
		const { complete, report } = await checkedWith('cutXml');
		expect(complete).toBe(true);
		expect(idsOf(report, 'differs', 'failed')).toEqual([]);
	});

	test.each<[Lie, string[]]>([
		// Storage has one answer for volumes, pools and drives, without which there is no NAS.
		['emptyList', []],
		['halfList', []],
		['reusedIds', []],
		['movingItems', []],
		['droppedTasks', []],
		['wrongDate', []],
	])('by %s, which mostly cannot be told from the truth, comes to its end and names what cannot be', async (lie, differs) => {
		const { complete, report, services } = await checkedWith(lie);
		expect(complete).toBe(true);
		expect(services).toHaveLength(12);
		expect(idsOf(report, 'differs', 'failed')).toEqual(differs);
	});
});
