import { describe, expect, test } from '@jest/globals';
import { CHECK_TEXTS } from '../../../src/host/checkText';
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

/** Whether a host has another language for it. */
const isKnown = (reason: string): boolean =>
	CHECK_TEXTS.some((text) => {
		const form = text
			.replace(/[.?+()]/g, '\\$&')
			.replace('#', '\\d+')
			.replace('*', '.+');
		return new RegExp(`^\\d+ × ${form}$`).test(reason);
	});

/** What an administrator is told of each service. Fewer works where a release, or the NAS whose API list stands for it, has less. */
const TABLE: Record<DsmRelease, string[]> = {
	'7.0.1': [
		'api 6 works, 1 skipped',
		'chat 38 missing, 4 skipped',
		'drive 47 missing, 2 skipped',
		'file 15 works, 6 skipped',
		'note 27 missing',
		'calendar 23 missing, 3 skipped',
		'contacts 17 missing, 5 skipped',
		'audio 40 missing, 5 skipped',
		'download 22 works, 5 skipped',
		'system 52 works, 8 missing, 2 skipped',
		'identity 32 works, 8 missing, 4 skipped',
		'webdav 16 works, 2 skipped',
	],
	'7.1.1': [
		'api 6 works, 1 skipped',
		'chat 38 missing, 4 skipped',
		'drive 47 missing, 2 skipped',
		'file 15 works, 6 skipped',
		'note 27 missing',
		'calendar 23 missing, 3 skipped',
		'contacts 17 missing, 5 skipped',
		'audio 40 works, 5 skipped',
		'download 22 works, 5 skipped',
		'system 53 works, 7 missing, 2 skipped',
		'identity 36 works, 4 missing, 4 skipped',
		'webdav 16 works, 2 skipped',
	],
	'7.2.2': [
		'api 6 works, 1 skipped',
		'chat 38 missing, 4 skipped',
		'drive 42 works, 2 missing, 5 skipped',
		'file 15 works, 6 skipped',
		'note 26 works, 1 skipped',
		'calendar 23 works, 3 skipped',
		'contacts 19 works, 3 skipped',
		'audio 40 works, 5 skipped',
		'download 22 works, 5 skipped',
		'system 55 works, 5 missing, 2 skipped',
		'identity 40 works, 4 skipped',
		'webdav 16 works, 2 skipped',
	],
	'7.3': [
		'api 6 works, 1 skipped',
		'chat 33 works, 9 skipped',
		'drive 44 works, 5 skipped',
		'file 15 works, 6 skipped',
		'note 26 works, 1 skipped',
		'calendar 23 works, 3 skipped',
		'contacts 19 works, 3 skipped',
		'audio 40 works, 5 skipped',
		'download 22 works, 5 skipped',
		'system 54 works, 6 missing, 2 skipped',
		'identity 40 works, 4 skipped',
		'webdav 16 works, 2 skipped',
	],
	'7.4': [
		'api 6 works, 1 skipped',
		'chat 33 works, 9 skipped',
		'drive 44 works, 5 skipped',
		'file 15 works, 6 skipped',
		'note 26 works, 1 skipped',
		'calendar 23 works, 3 skipped',
		'contacts 19 works, 3 skipped',
		'audio 40 works, 5 skipped',
		'download 22 works, 5 skipped',
		'system 55 works, 5 missing, 2 skipped',
		'identity 40 works, 4 skipped',
		'webdav 16 works, 2 skipped',
	],
};

describe('a check of a NAS that tells the truth', () => {
	test.each(releases)('of DSM %s finds nothing that differs or fails', async (dsm) => {
		const { services, report, complete } = await checked({ dsm });
		expect(complete).toBe(true);
		expect(services.map(lineOf)).toEqual(TABLE[dsm]);
		expect(idsOf(report, 'differs', 'failed')).toEqual([]);
		expect(services.flatMap(({ reasons }) => reasons).filter((reason) => !isKnown(reason))).toEqual([]);
	});

	test('says of an ordinary account what it may not, and why the rest does not work', async () => {
		const { services, report } = await checked({ account: 'user' });
		expect(totalsOf(services)).toEqual({ works: 189, missing: 7, refused: 94, failed: 1, skipped: 99 });
		expect(services.flatMap(({ reasons }) => reasons).filter((reason) => !isKnown(reason))).toEqual([]);
		const failed = report.operations.filter(({ outcome }) => outcome === 'failed' || outcome === 'differs');
		expect(failed.map(({ id, why }) => [id, why])).toEqual([
			['drive.fileRequest.list', 'code 1076: File requests are switched off'],
		]);
	});
});

const isEmpty = (data: unknown): boolean =>
	typeof data === 'object' && data !== null && !Array.isArray(data) && Object.keys(data).length === 0;

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
		if ((isEmpty(lie) && !isEmpty(truth)) || lists(lie) < lists(truth)) robbed.add(`${call.api} ${call.method}`);
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
		.filter(
			({ outcome, calls = [] }) => outcome === 'works' && calls.some((key) => robbed.has(key.replace(/ \d+$/, ''))),
		)
		.map(({ id }) => id);
	return { ...found, robbed, believed };
};

const UNDECLARED = [
	'contacts.contact.listTeam',
	'contacts.addressBook.listPrincipals',
	'contacts.account.getTimeZones',
	'system.service.list',
	'webdav.settings.get',
	'webdav.settings.getRaw',
];
/** Settings and descriptions whose lists are beside the point; nothing says that a NAS always sends them. */
const OPTIONAL = [
	'api.nas.checkConnection',
	'api.nas.checkServices',
	'drive.server.getConfig',
	'drive.server.getSettings',
	'file.station.get',
	'contacts.contact.listTeam',
	'contacts.addressBook.listPrincipals',
	'contacts.account.getTimeZones',
	'audio.library.get',
	'download.station.getExtractionSettings',
	'system.nas.getDetails',
	'system.nas.getUtilization',
	'system.ups.get',
	'identity.own.get',
	'identity.own.getSignIn',
	'identity.policy.getAdaptive',
];

describe('a check of a NAS that lies', () => {
	test('with answers that are empty believes none of them', async () => {
		const { complete, services, robbed, believed, report } = await checkedWith('emptySuccess');
		expect([complete, robbed.size > 150]).toEqual([true, true]);
		expect(totalsOf(services)).toEqual({ works: 22, differs: 207, missing: 1, skipped: 160 });
		// Of these answers nothing is declared that they could lack.
		expect(believed).toEqual(UNDECLARED);
		expect(idsOf(report, 'failed')).toEqual([]);
	});

	test('with answers without their lists believes those alone that may be without them', async () => {
		const { complete, services, robbed, believed } = await checkedWith('missingList');
		expect([complete, robbed.size > 100]).toEqual([true, true]);
		expect(totalsOf(services)).toEqual({ works: 88, differs: 146, skipped: 156 });
		expect(believed).toEqual(OPTIONAL);
	});

	test('with XML that stops in the middle names each service that has it', async () => {
		const { complete, report } = await checkedWith('cutXml');
		expect(complete).toBe(true);
		expect(idsOf(report, 'differs', 'failed')).toEqual([
			'contacts.contact.list',
			'contacts.contact.search',
			'contacts.contact.findDuplicates',
			'contacts.addressBook.list',
			'webdav.file.list',
		]);
	});

	test.each<[Lie, string[]]>([
		// Storage has one answer for volumes, pools and drives, without which there is no NAS.
		['emptyList', ['system.volume.list', 'system.pool.list', 'system.disk.list']],
		['halfList', []],
		// Where rows are put together by their ids, or pages by theirs.
		[
			'reusedIds',
			[
				...[
					'chat.message.list',
					'note.todo.list',
					'note.todo.listTree',
					'calendar.event.list',
					'calendar.event.search',
				],
				...['calendar.event.listNext', 'calendar.availability.listBusy', 'calendar.availability.check'],
				'calendar.availability.listFree',
			],
		],
		['movingItems', []],
		['droppedTasks', []],
		['wrongDate', []],
	])(
		'by %s, which mostly cannot be told from the truth, comes to its end and names what cannot be',
		async (lie, differs) => {
			const { complete, report, services } = await checkedWith(lie);
			expect(complete).toBe(true);
			expect(services).toHaveLength(12);
			expect(idsOf(report, 'differs', 'failed')).toEqual(differs);
		},
	);
});
