import { describe, expect, test } from '@jest/globals';
import { blocksFor, differing, grouped, remember, remembered } from '../../src/catalog/blocks';

const things = (count: number, size = '5') =>
	Array.from({ length: count }, (_, n) => ({ id: `/docs/scan-${n}.pdf`, fingerprints: [size, String(n)] }));

const blocksOf = async (count: number) => await remember(await grouped(things(count), blocksFor(count, 0)));

describe('what is remembered in blocks', () => {
	test('is what went in, a thousand things to a block', async () => {
		const blocks = await blocksOf(5000);
		expect(blocks).toHaveLength(5);
		expect(await remembered(blocks)).toEqual(
			Object.fromEntries(things(5000).map(({ id, fingerprints }) => [id, fingerprints])),
		);
	});

	test('one thing more, less or changed among 5,000 shows in one block, whatever the order', async () => {
		const blocks = await blocksOf(5000);
		const others = async (list: ReturnType<typeof things>) => (await differing(await grouped(list, 5), blocks)).size;
		const same = things(5000);
		expect(await others(same)).toBe(0);
		expect(await others([...same].reverse())).toBe(0);
		expect(await others([...same, { id: '/docs/new.pdf', fingerprints: ['5', '1'] }])).toBe(1);
		expect(await others(same.slice(1))).toBe(1);
		expect(await others([...same.slice(1), { id: '/docs/scan-0.pdf', fingerprints: ['5', '1'] }])).toBe(1);
		expect(await others(things(5000, '6'))).toBe(5);
	});

	test('a block that has not changed stays as it is, the others are made anew', async () => {
		const blocks = await blocksOf(5000);
		const changed = things(5000, '6');
		const next = await remember(await grouped(changed, 5), blocks, (index) => index === 3);
		expect(next.map((block, index) => block === blocks[index])).toEqual([true, true, true, false, true]);
	});

	test('there are more blocks only when those that there are hold four times as much as they should', () => {
		expect([blocksFor(0, 0), blocksFor(1001, 0), blocksFor(100_000, 0)]).toEqual([1, 2, 100]);
		expect([blocksFor(4000, 1), blocksFor(4001, 1), blocksFor(10, 5)]).toEqual([1, 5, 5]);
	});
});
