import { describe, expect, test } from '@jest/globals';
import { absent, refuseTwins } from '../../src/catalog/absence';

const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => `k${from + index}`);
const knowing = (all: string[], more: { missing?: string[]; doubted?: number } = {}) => ({
	items: Object.fromEntries(all.map((id) => [id, ['x']])),
	missing: [],
	...more,
});
const seen = (some: string[]) => some.map((id) => ({ id }));
const MINUTE = 60_000;

describe('what a look does not find', () => {
	test('counts as there once, and is gone when the second look does not find it, either', () => {
		const first = absent(knowing(ids(0, 20)), seen(ids(2, 20)), 0);
		expect(first).toEqual({
			kept: ['k0', 'k1'].map((id) => ({ id, fingerprints: ['x'], row: undefined })),
			absence: { missing: ['k0', 'k1'] },
		});
		expect(absent(knowing(ids(0, 20), first.absence), seen(ids(2, 20)), 1)).toEqual({
			kept: [],
			absence: { missing: [] },
		});
	});

	test.each([
		['all of a few', 3, 3],
		['more than a tenth, and more than five', 59, 6],
		['all of one', 1, 1],
	])('is a list that looks wrong when it is %s, until that has stayed so for five minutes', (_, all, gone) => {
		const rest = seen(ids(gone, all));
		const first = absent(knowing(ids(0, all)), rest, 0);
		expect(first.kept.map(({ id }) => id)).toEqual(ids(0, gone));
		expect(first.doubt).toBe(
			`The list looks wrong: ${gone} of ${all} entries are missing at once. ` +
				'They count as there until the NAS has left them out for 5 minutes.',
		);
		const later = absent(knowing(ids(0, all), first.absence), rest, 5 * MINUTE - 1);
		expect(later.absence).toEqual({ missing: ids(0, gone), doubted: 0 });
		expect(absent(knowing(ids(0, all), later.absence), rest, 5 * MINUTE)).toEqual({
			kept: [],
			absence: { missing: [] },
		});
	});

	test('is no doubt when it is five, or a tenth of many', () => {
		expect(absent(knowing(ids(0, 12)), seen(ids(5, 12)), 0).doubt).toBeUndefined();
		expect(absent(knowing(ids(0, 100)), seen(ids(10, 100)), 0).doubt).toBeUndefined();
	});

	test('begins the time anew when the list was whole in between, and when the clock is set back', () => {
		const first = absent(knowing(ids(0, 3)), [], 10 * MINUTE);
		const whole = absent(knowing(ids(0, 3), first.absence), seen(ids(0, 3)), 11 * MINUTE);
		expect(whole.absence).toEqual({ missing: [] });
		expect(absent(knowing(ids(0, 3), first.absence), [], MINUTE).absence.doubted).toBe(MINUTE);
	});

	test('is no doubt when the last of a few goes where that is usual', () => {
		expect(absent(knowing(ids(0, 2)), [], 0, { mayAllGo: true }).doubt).toBeUndefined();
		expect(absent(knowing(ids(0, 6)), [], 0, { mayAllGo: true }).kept).toHaveLength(6);
	});

	test('is gone at once when each was asked for by its id, unless it is too much', () => {
		expect(absent(knowing(ids(0, 20)), seen(ids(2, 20)), 0, { isAsked: true }).kept).toEqual([]);
		expect(absent(knowing(ids(0, 20)), [], 0, { isAsked: true }).kept).toHaveLength(20);
	});
});

test('two entries of one id that differ are refused as a passing fault, equal ones are not', () => {
	const idOf = ({ id }: { id: string }) => id;
	expect(() => refuseTwins([{ id: 'a' }, { id: 'a' }], idOf)).not.toThrow();
	expect(() =>
		refuseTwins(
			[
				{ id: 'a', n: 1 },
				{ id: 'a', n: 2 },
			],
			idOf,
		),
	).toThrow('The list looks wrong: two different entries have the id a.');
});
