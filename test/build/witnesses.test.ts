import { describe, expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { allowed } from '../../src/build/layers.cjs';

const root = path.join(__dirname, '../..');

/** Lines in a row that count as a copy: fewer are the idioms of the language. */
const COPIED = 5;

const NOT_CODE = /^(import|export \{|\/\/|\/?\*|\} from)/;
const FIELD = /^\w+\??: [^()]*;$/;

/** Lines that decide something: no imports, comments, brackets alone, nor the fields of DSM's own shapes. */
function linesOf(file: string): string[] {
	return readFileSync(path.join(root, file), 'utf8')
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line.length > 8 && !NOT_CODE.test(line) && !FIELD.test(line));
}

/** Runs of lines, by their text. */
function runsOf(files: readonly string[]): Map<string, string> {
	const runs = new Map<string, string>();
	for (const file of files) {
		const lines = linesOf(file);
		for (let at = 0; at + COPIED <= lines.length; at++) runs.set(lines.slice(at, at + COPIED).join('\n'), file);
	}
	return runs;
}

describe('client and simulator are two witnesses', () => {
	const client = globSync('src/{core,catalog,formats,services,host}/**/*.ts', { cwd: root });
	const simulator = globSync('src/simulator/**/*.ts', { cwd: root });

	test('neither holds a copy of the other', () => {
		expect([client.length > 150, simulator.length > 150]).toEqual([true, true]);
		const own = runsOf(client);
		const copies = [...runsOf(simulator)].flatMap(([run, file]) =>
			own.has(run) ? [`${file} and ${own.get(run)}: ${run}`] : [],
		);
		expect(copies).toEqual([]);
	});

	test('no library judges on both sides', () => {
		const packages = (layer: 'vendor' | 'simulator'): readonly string[] => allowed[layer]!.packages;
		expect(packages('simulator').filter((name) => packages('vendor').includes(name))).toEqual([]);
	});
});
