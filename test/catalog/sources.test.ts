import { describe, expect, test } from '@jest/globals';
import { agendaOf, compare, due, snapshotOf, type Sight } from '../../src/catalog/sources';

const sight = (id: string, ...prints: string[]): Sight<string> => ({ id, prints, row: id.toUpperCase() });

describe('things compared between two looks', () => {
	test('the same things give no change and the same cursor', () => {
		const known = snapshotOf([sight('a', 'name', '1'), sight('b', 'other', '1')]);
		expect(compare(known, [sight('b', 'other', '1'), sight('a', 'name', '1')])).toEqual({ changes: [], cursor: known });
	});

	test('a created, a changed and a deleted thing are told, with what was before', () => {
		const known = snapshotOf([sight('a', 'name', '1'), sight('b', 'other', '1')]);
		const { changes, cursor } = compare(known, [sight('c', 'new', '1'), sight('a', 'name', '2')]);
		expect(changes).toMatchObject([
			{ kind: 'created', id: 'c', row: 'C', now: ['new', '1'] },
			{ kind: 'changed', id: 'a', row: 'A', was: ['name', '1'], now: ['name', '2'], parts: [1] },
			{ kind: 'deleted', id: 'b', was: ['other', '1'] },
		]);
		expect(cursor).toEqual({ v: 1, seq: 1, items: { c: ['new', '1'], a: ['name', '2'] } });
	});

	test('a thing that goes and comes back unchanged is told each time, and under the same id when the poll is repeated', () => {
		const first = compare(snapshotOf([]), [sight('a', '1')]);
		const again = compare(snapshotOf([]), [sight('a', '1')]);
		const gone = compare(first.cursor, []);
		const back = compare(gone.cursor, [sight('a', '1')]);
		expect([gone.changes[0]?.kind, back.changes[0]?.kind]).toEqual(['deleted', 'created']);
		expect(again.changes[0]?.event_id).toBe(first.changes[0]?.event_id);
		expect(back.changes[0]?.event_id).not.toBe(first.changes[0]?.event_id);
	});

	test('a thing that is seen twice counts once, and one named like a property of objects is a thing like others', () => {
		const { changes } = compare(snapshotOf([]), [sight('constructor', '1'), sight('constructor', '2')]);
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

	test('a moment that was put off is told again', () => {
		const first = tick(agendaOf([], 100, 10), 195, [at(200, 'a200')]);
		const moved = tick(first.cursor, 300, [at(305, 'a305')]);
		expect([...first.due, ...moved.due].map(({ key }) => key)).toEqual(['a200', 'a305']);
	});
});
