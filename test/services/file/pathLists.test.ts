import { describe, expect, test } from '@jest/globals';
import { paths } from '../../../src/services/file/fields';

const said = (given: unknown): unknown => {
	const { success, data, error } = paths.safeParse(given);
	return success ? data : error.issues.map(({ message }) => message);
};

describe('a list of paths', () => {
	test('is taken from lines, commas and JSON, each path once', () => {
		expect(said('/docs/a, /docs/b\n/docs/a/')).toEqual(['/docs/a', '/docs/b']);
		expect(said('["/docs/a","/docs/b, c"]')).toEqual(['/docs/a', '/docs/b, c']);
	});

	test('names the first that is none, and says nothing of the rest', () => {
		expect(said('a\n'.repeat(500_000).slice(0, 20_000 - 1))).toEqual([
			'"a" is no path of the NAS: a path on the NAS begins with the shared folder, e.g. /docs/reports',
		]);
	});

	test('of more than anybody names is refused', () => {
		expect(said('/docs/a\n'.repeat(500_000))).toEqual(['names more than 10000 paths']);
	});

	test('of things that are no texts is refused by name', () => {
		expect(said('[1, {}]')).toEqual([
			'"1" is no path of the NAS: a path on the NAS begins with the shared folder, e.g. /docs/reports',
		]);
	});
});
