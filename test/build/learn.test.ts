import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { referencesIn, readDossiers, anchorFor } from '../../src/build/dossiers';
import { writeFiles } from '../../src/build/files';
import { calls, learn, simulated } from '../../src/build/learn';
import { confirmedBy, deviations } from '../../src/build/learn/compare';
import { readReport } from '../../src/build/learn/read';
import { api } from '../../src/services/api';
import type { Report } from '../../src/services/api/check/report';
import { driveOf } from '../../src/simulator/services/drive';
import { releases, type Deviation, type Lie } from '../../src/simulator';
import { withNas, type Scene } from '../support/nas';

const { checkNas } = api.resources.nas.operations;
type Services = Parameters<Scene['dsm']['do']>[1];

/** The report of a simulated NAS that was made another one before. */
async function reportOf(
	options: Parameters<typeof withNas>[0],
	services: string[],
	prepare: (scene: Scene) => void = () => undefined,
): Promise<Report> {
	return await withNas({ allowUnknown: true, pool: { strictResults: false }, ...options }, async (scene) => {
		scene.simulator.nas.installAll();
		prepare(scene);
		const { report } = await scene.dsm.do(checkNas, { services } as Services as never);
		return report as unknown as Report;
	});
}

const FILE: Deviation[] = [
	{ api: 'SYNO.FileStation.Favorite', method: 'list', at: ['favorites', '#', 'isdir'], what: 'gone', is: '' },
	{ api: 'SYNO.FileStation.List', method: 'list_share', at: ['total'], what: 'kind', is: 'text' },
	{ api: 'SYNO.FileStation.Info', method: 'get', at: ['is_owner'], what: 'new', is: 'flag' },
];

describe('a report that differs from the simulated NAS', () => {
	let ours: Report;
	beforeAll(async () => void (ours = await reportOf({ dsm: '7.2.2' }, ['file'])));

	test('gives a switch, with which the simulated NAS answers as the checked one', async () => {
		const theirs = await reportOf({ dsm: '7.2.2' }, ['file'], ({ simulator }) => simulator.nas.learned.learn(FILE));
		const found = deviations(theirs, ours, calls);
		const order = ({ api: name }: Deviation) => name;
		expect(found.sort((one, other) => order(one).localeCompare(order(other)))).toEqual(
			[...FILE].sort((one, other) => order(one).localeCompare(order(other))),
		);
		const again = await reportOf({ dsm: '7.2.2' }, ['file'], ({ simulator }) => simulator.nas.learned.learn(found));
		expect(deviations(theirs, again, calls)).toEqual([]);
	});

	test('gives a code with which a call is refused there', async () => {
		const theirs = await reportOf({ dsm: '7.2.2' }, ['file'], ({ simulator }) =>
			simulator.use({ 'SYNO.FileStation.VirtualFolder.list': () => ({ error: 120 }) }),
		);
		expect(deviations(theirs, ours, calls)).toEqual([
			{ api: 'SYNO.FileStation.VirtualFolder', method: 'list', at: [], what: 'code', is: '120' },
		]);
	});
});

describe('what is learned of a NAS, from its report to another check', () => {
	let honest: Report;
	beforeAll(async () => void (honest = await reportOf({ dsm: '7.2.2' }, ['file', 'drive'])));
	const differing = ({ operations }: Report) =>
		operations.filter(({ outcome }) => outcome === 'differs').map(({ id, why }) => [id, why]);
	/** What the files of `npm run learn` make of the simulated NAS, checked by the same declarations. */
	const checkedAgain = async (theirs: Report): Promise<{ switched: Deviation[]; again: Report }> => {
		const root = mkdtempSync(path.join(tmpdir(), 'learn-'));
		try {
			const table = 'src/catalog/confirmed.ts';
			writeFiles(root, { [table]: readFileSync(path.join(__dirname, '../..', table), 'utf8') });
			const files = learn(readReport(JSON.stringify(theirs)), honest, root);
			expect(readReport(files['test/fixtures/reports/7.2.2-72806-9.json']!)).toEqual(theirs);
			const switched = JSON.parse(files['src/simulator/data/learned/7.2.2-72806-9.json']!) as Deviation[];
			for (const { api: name, method } of switched)
				expect(files['docs/protocol/reports.md']).toContain(`\`${name} ${method}\``);
			const again = await reportOf({ dsm: '7.2.2' }, ['file', 'drive'], ({ simulator }) =>
				simulator.nas.learned.learn(switched),
			);
			return { switched, again };
		} finally {
			rmSync(root, { recursive: true });
		}
	};

	test('shows lists that are left out in the same operations', async () => {
		const theirs = await reportOf({ dsm: '7.2.2' }, ['file', 'drive'], ({ simulator }) =>
			simulator.nas.lie('missingList'),
		);
		const { switched, again } = await checkedAgain(theirs);
		expect(switched).toContainEqual({
			...{ api: 'SYNO.FileStation.List', method: 'list_share', at: ['shares'], what: 'gone', is: '' },
		});
		expect(differing(theirs).length).toBeGreaterThan(15);
		expect(differing(again)).toEqual(differing(theirs));
		expect(deviations(theirs, again, calls)).toEqual([]);
	});

	test('shows a field that a switch of the simulated NAS takes away, which nothing needs', async () => {
		const theirs = await reportOf({ dsm: '7.2.2' }, ['file', 'drive'], ({ simulator }) => {
			driveOf(simulator.nas).switches.noChangeId = true;
		});
		const { switched, again } = await checkedAgain(theirs);
		expect(new Set(switched.map(({ at, what }) => `${at.at(-1)} ${what}`))).toEqual(new Set(['change_id gone']));
		expect(switched.map(({ method }) => method)).toContain('search');
		const { items } = again.calls['SYNO.SynologyDrive.Files search 10']!.shape.keys!['items']!;
		expect(items!.keys).toHaveProperty('sync_id');
		expect(items!.keys).not.toHaveProperty('change_id');
		expect(differing(again)).toEqual([]);
		expect(deviations(theirs, again, calls)).toEqual([]);
	});
});

describe('a report of each release', () => {
	test.each(releases)('of DSM %s has nothing else than the simulated NAS of the same release', async (dsm) => {
		const report = await reportOf({ dsm }, ['api', 'file']);
		expect(report.dsm).toMatch(new RegExp(`^${dsm.replaceAll('.', '\\.')}`));
		expect(deviations(report, await reportOf({ dsm }, ['api', 'file']), calls)).toEqual([]);
		expect(Object.keys(report.calls).length).toBeGreaterThan(15);
	});
});

describe('what a report confirms', () => {
	const INFERRED = 'SYNO.FileStation.Sharing list_share_me 3';

	test('is an inferred call that was answered as declared', async () => {
		const report = await reportOf({}, ['contacts']);
		expect(confirmedBy(report, calls)).toContain('SYNO.Contacts.Addressbook get 1');
		expect(calls.get('SYNO.Contacts.Addressbook get 1')?.basis).toBe('inferred');
		// What was known before is not confirmed anew.
		expect(confirmedBy(report, calls).filter((key) => calls.get(key)?.basis !== 'inferred')).toEqual([]);
	});

	test.each(['emptySuccess', 'missingList', 'emptyList'] satisfies Lie[])(
		'is nothing that a NAS says that tells the lie %s',
		async (lie) => {
			const report = await reportOf({}, ['contacts', 'file'], ({ simulator }) => simulator.nas.lie(lie));
			const confirmed = confirmedBy(report, calls);
			expect(confirmed.filter((key) => calls.get(key)?.answer && 'row' in calls.get(key)!)).toEqual([]);
			expect(confirmed).not.toContain(INFERRED);
			if (lie === 'emptySuccess') expect(confirmed).toEqual([]);
		},
	);
});

describe('npm run learn', () => {
	const root = mkdtempSync(path.join(tmpdir(), 'learn-'));
	afterAll(() => rmSync(root, { recursive: true }));

	test('writes the fixture, the switch, the section of the dossier and the raised basis, each once', async () => {
		const table = 'src/catalog/confirmed.ts';
		writeFiles(root, { [table]: readFileSync(path.join(__dirname, '../..', table), 'utf8') });
		const report = await simulated({ dsm: '7.2.2-72806', administrator: true });
		const once = learn(report, report, root);
		writeFiles(root, once);
		expect(Object.keys(once)).toEqual([
			'test/fixtures/reports/7.2.2-72806-9.json',
			'src/simulator/data/learned/7.2.2-72806-9.json',
			'docs/protocol/reports.md',
			'src/catalog/confirmed.ts',
		]);
		expect(readReport(once['test/fixtures/reports/7.2.2-72806-9.json']!)).toEqual(report);
		expect(JSON.parse(once['src/simulator/data/learned/7.2.2-72806-9.json']!)).toEqual([]);
		const dossiers = readDossiers(path.join(root, 'docs/protocol'));
		const [line] = once[table]!.split('\n').filter((one) => one.includes('SYNO.Contacts.Addressbook get 1'));
		expect(line).toMatch(/^\t'SYNO\.Contacts\.Addressbook get 1': 'reports\.md 1',$/);
		expect(anchorFor(dossiers, referencesIn(line!)[0]!)).toBe('1-dsm-722-72806-update-9');
		expect(learn(report, report, root)).toEqual(once);
	}, 120_000);

	test('compares with the same services of the simulated NAS, so that a report of its like has nothing new', async () => {
		const theirs = await reportOf({ dsm: '7.2.2' }, ['file', 'drive']);
		const ours = await simulated(theirs);
		expect(ours.operations.map(({ id }) => id)).toEqual(theirs.operations.map(({ id }) => id));
		expect(deviations(theirs, ours, calls)).toEqual([]);
	});

	test('takes nothing that a check would not write', () => {
		const head = { report: 'synology-check', format: 1, dsm: '7.2.2-72806', administrator: true, apis: {} };
		const report = { ...head, milliseconds: 1, complete: true };
		const call = { api: 'SYNO.X', method: "get'", version: 1, used: 1, basis: '', source: '', answers: 1 };
		const shape = { is: 'object 1', keys: {} };
		const text = JSON.stringify({ ...report, operations: [], calls: { x: { ...call, shape, differences: [] } } });
		expect(() => readReport(text)).toThrow('That is no report of a check: calls.x.method');
		expect(() => readReport('{"report": "other"}')).toThrow('That is no report of a check: report');
	});
});
