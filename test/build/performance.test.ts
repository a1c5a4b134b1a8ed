import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { judged } from '../../src/build/bench/figures';
import { pageWith, readmeWith } from '../../src/build/bench/page';
import { root } from '../../src/build/places';

const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8');

describe('the page of figures', () => {
	test('gets a section for each benchmark, which its next run replaces', () => {
		const row = (value: number) => judged({ name: 'call', value, unit: 'ms', reference: 2, most: 3 });
		const first = pageWith('# Performance\n', 'calls', [row(1)]);
		expect(first).toContain('| call | 1 ms | 2 ms | ≤ 3 | yes |');
		const both = pageWith(first, 'polls', [{ name: 'poll', value: 3, unit: 'ms' }]);
		const again = pageWith(both, 'calls', [row(4)]);
		expect(again).toContain('| call | 4 ms | 2 ms | ≤ 3 | **no** |');
		expect(again).not.toContain('| call | 1 ms');
		expect(again).toContain('| poll | 3 ms |  |  |  |');
		expect(again.match(/## /g)).toHaveLength(2);
	});

	test('a figure says its bar and whether it is met', () => {
		const figure = { name: 'call', unit: '×' };
		expect(judged({ ...figure, value: 1.2501, most: 1.25 })).toEqual({
			...figure,
			value: 1.25,
			bar: '≤ 1.25',
			met: false,
		});
		expect(judged({ ...figure, value: 0.91, least: 0.9 })).toMatchObject({ bar: '≥ 0.9', met: true });
		expect(judged({ ...figure, value: 2, below: 2 })).toMatchObject({ bar: '< 2', met: false });
	});

	test('the figures of the read-me are those of the last run', () => {
		const readme = textOf('README.md');
		expect(readmeWith(readme, textOf('docs/performance.md'))).toBe(readme);
		expect(readme).toContain('docs/performance.md');
	});
});
