import { describe, expect, test } from '@jest/globals';
import { pageWith } from '../../src/build/bench/page';

const row = (value: number) => ({ name: 'call', value, unit: 'ms', reference: 2, ratio: 2 / value });

describe('the page of figures', () => {
	test('gets a section for each benchmark, which its next run replaces', () => {
		const first = pageWith('# Performance\n', 'calls', [row(1)]);
		expect(first).toContain('| call | 1 ms | 2 ms | 2 |');
		const both = pageWith(first, 'polls', [{ name: 'poll', value: 3, unit: 'ms' }]);
		const again = pageWith(both, 'calls', [row(4)]);
		expect(again).toContain('| call | 4 ms | 2 ms | 0.5 |');
		expect(again).not.toContain('| call | 1 ms');
		expect(again).toContain('| poll | 3 ms |  |  |');
		expect(again.match(/## /g)).toHaveLength(2);
	});
});
