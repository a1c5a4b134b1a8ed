import { describe, expect, test } from '@jest/globals';
import { agendaOf, due } from '../../src/catalog/agenda';
import { compare, moves, packed, snapshotOf, unpacked, type Observed } from '../../src/catalog/sources';

const observed = (id: string, ...fingerprints: string[]): Observed<string> => ({
	id,
	fingerprints,
	row: id.toUpperCase(),
});

describe('things compared between two looks', () => {
	test('the same things give no change and the same cursor', () => {
		const known = snapshotOf([observed('a', 'name', '1'), observed('b', 'other', '1')]);
		expect(compare(known, [observed('b', 'other', '1'), observed('a', 'name', '1')])).toEqual({
			changes: [],
			cursor: known,
		});
	});

	test('a created, a changed and a deleted thing are told, with what was before', () => {
		const known = snapshotOf([observed('a', 'name', '1'), observed('b', 'other', '1')]);
		const { changes, cursor } = compare(known, [observed('c', 'new', '1'), observed('a', 'name', '2')]);
		expect(changes).toMatchObject([
			{ kind: 'created', id: 'c', row: 'C', now: ['new', '1'] },
			{ kind: 'changed', id: 'a', row: 'A', was: ['name', '1'], now: ['name', '2'], parts: [1] },
			{ kind: 'deleted', id: 'b', was: ['other', '1'] },
		]);
		expect(cursor).toEqual({ v: 1, seq: 1, items: { c: ['new', '1'], a: ['name', '2'] } });
	});

	test('a thing that goes and comes back unchanged is told each time, and under the same id when the poll is repeated', () => {
		const first = compare(snapshotOf([]), [observed('a', '1')]);
		const again = compare(snapshotOf([]), [observed('a', '1')]);
		const gone = compare(first.cursor, []);
		const back = compare(gone.cursor, [observed('a', '1')]);
		expect([gone.changes[0]?.kind, back.changes[0]?.kind]).toEqual(['deleted', 'created']);
		expect(again.changes[0]?.event_id).toBe(first.changes[0]?.event_id);
		expect(back.changes[0]?.event_id).not.toBe(first.changes[0]?.event_id);
	});

	test('a thing that has fewer aspects than before has changed', () => {
		const { changes } = compare(snapshotOf([observed('a', '1', '2')]), [observed('a', '1')]);
		expect(changes).toMatchObject([{ kind: 'changed', id: 'a', parts: [1] }]);
	});

	test('a thing that is seen twice counts once, and one named like a property of objects is a thing like others', () => {
		const { changes } = compare(snapshotOf([]), [observed('constructor', '1'), observed('constructor', '2')]);
		expect(changes).toMatchObject([{ kind: 'created', id: 'constructor', now: ['1'] }]);
	});
});

describe('moments that come', () => {
	const at = (moment: number, key = `k${moment}`) => ({ key, moment, row: key });
	const tick = (known: ReturnType<typeof agendaOf>, now: number, dues: ReturnType<typeof at>[], more = {}) =>
		due(known, dues, { now, lead: 10, ...more });

	test('what is past or within the lead time at the start is not told', () => {
		const known = agendaOf([at(90), at(105)], 100, 10);
		expect(tick(known, 101, [at(90), at(105)]).due).toEqual([]);
	});

	test('a moment is told once when its lead time begins, the earliest first', () => {
		const known = agendaOf([], 100, 10);
		const first = tick(known, 120, [at(130), at(125), at(131)]);
		expect(first.due.map(({ key }) => key)).toEqual(['k125', 'k130']);
		expect(tick(first.cursor, 121, [at(130), at(125), at(131)]).due.map(({ key }) => key)).toEqual(['k131']);
	});

	test('a moment that passed during a downtime comes late, or not at all when that is not wanted', () => {
		const known = agendaOf([], 100, 10);
		expect(tick(known, 500, [at(200)]).due).toMatchObject([{ key: 'k200', late: true }]);
		expect(tick(known, 500, [at(200)], { skipLate: true }).due).toEqual([]);
	});

	test('a clock that is set back tells nothing twice', () => {
		const first = tick(agendaOf([], 100, 10), 200, [at(205), at(150)]);
		expect(first.due).toHaveLength(2);
		expect(tick(first.cursor, 140, [at(205), at(150)]).due).toEqual([]);
		expect(tick(first.cursor, 210, [at(205), at(150)]).due).toEqual([]);
	});

	const HOUR = 3_600_000;
	const keys = ({ due: told }: ReturnType<typeof tick>) => told.map(({ key }) => key);

	test('a clock that was ahead for a while hides nothing that comes then', () => {
		const first = tick(agendaOf([at(3 * HOUR)], HOUR, 10), 4 * HOUR, [at(3 * HOUR)]);
		expect(keys(first)).toEqual([`k${3 * HOUR}`]);
		const back = tick(first.cursor, 2 * HOUR, [at(3 * HOUR), at(2.5 * HOUR)]);
		expect(keys(back)).toEqual([]);
		expect(keys(tick(back.cursor, 2.5 * HOUR, [at(3 * HOUR), at(2.5 * HOUR)]))).toEqual([`k${2.5 * HOUR}`]);
	});

	test('a clock that was a year ahead is forgotten when the right one has stayed for an hour', () => {
		const year = 365 * 24 * HOUR;
		let { cursor } = tick(agendaOf([], HOUR, 10), year, []);
		cursor = tick(cursor, 2 * HOUR, []).cursor;
		cursor = tick(cursor, 3 * HOUR, []).cursor;
		expect(keys(tick(cursor, 4 * HOUR, [at(4 * HOUR - 1)]))).toEqual([`k${4 * HOUR - 1}`]);
	});

	test('a clock that begins in 2000 tells nothing of what lies between', () => {
		const year = 365 * 24 * HOUR;
		const start = agendaOf([at(10 * year)], 26 * year, 10);
		const reset = tick(start, 1000, [at(10 * year)]);
		expect(keys(tick(reset.cursor, 26 * year + HOUR, [at(10 * year), at(26 * year + 1)]))).toEqual([
			`k${26 * year + 1}`,
		]);
	});

	test('what a list left out while its moment passed is told late', () => {
		const dues = [at(1000), at(2000), at(3000)];
		const known = agendaOf(dues, 100, 0);
		const lie = due(known, [], { now: 1500, lead: 0 });
		expect(lie).toMatchObject({ due: [], doubt: expect.stringContaining('3 of 3 entries are missing') });
		const again = due(lie.cursor, dues, { now: 2500, lead: 0 });
		expect(again.due.map(({ key, late }) => [key, late])).toEqual([
			['k1000', true],
			['k2000', true],
		]);
		expect(again.doubt).toBeUndefined();
	});

	test('a moment that was put off is told again', () => {
		const first = tick(agendaOf([], 100, 10), 195, [at(200, 'a200')]);
		const moved = tick(first.cursor, 300, [at(305, 'a305')]);
		expect([...first.due, ...moved.due].map(({ key }) => key)).toEqual(['a200', 'a305']);
	});
});

describe('things that moved', () => {
	const by = (what: (id: string) => string) => [what];
	const changes = (was: [string, string][], now: [string, string][]) =>
		compare(
			snapshotOf(was.map(([id, fingerprint]) => observed(id, fingerprint))),
			now.map(([id, fingerprint]) => observed(id, fingerprint)),
		).changes;
	const told = (was: [string, string][], now: [string, string][], kin: ((id: string) => string)[] = []) => {
		const { moved, rest } = moves(changes(was, now), kin);
		return [moved.map(({ from, to }) => `${from}>${to.id}`), rest.map(({ kind, id }) => `${kind} ${id}`)];
	};

	test('are those that went and came with the same fingerprints; others are deleted and created', () => {
		expect(told([['a', '1']], [['b', '1']])).toEqual([['a>b'], []]);
		expect(told([['a', '1']], [['b', '2']])).toEqual([[], ['created b', 'deleted a']]);
	});

	test('are told apart by what stayed the same, and not guessed where nothing did', () => {
		const base = (id: string) => id.at(-1)!;
		const two: [string, string][] = [
			['x/a', '1'],
			['x/b', '1'],
		];
		expect(
			told(
				two,
				[
					['y/b', '1'],
					['y/a', '1'],
				],
				by(base),
			),
		).toEqual([['x/b>y/b', 'x/a>y/a'], []]);
		expect(
			told(
				two,
				[
					['y/b', '1'],
					['y/c', '1'],
				],
				by(base),
			),
		).toEqual([['x/b>y/b', 'x/a>y/c'], []]);
		expect(
			told(
				two,
				[
					['y/c', '1'],
					['y/d', '1'],
				],
				by(base),
			),
		).toEqual([[], ['created y/c', 'created y/d', 'deleted x/a', 'deleted x/b']]);
	});
});

test('a packed snapshot is the same when it is unpacked, and much shorter', async () => {
	const known = snapshotOf(
		Array.from({ length: 1000 }, (_, n) => observed(`/docs/scan-${n}.pdf`, String(n), '1723653464')),
		7,
	);
	expect(await unpacked(await packed(known))).toEqual(known);
	expect((await packed(known)).packed.length).toBeLessThan(JSON.stringify(known.items).length / 3);
});
