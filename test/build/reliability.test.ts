import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Decoder } from '../../src/build/proof/decoder';
import { FAULTS } from '../../src/build/reliability/accidents';
import { FORMATS, figuresOfFormats, withFormats, withoutFormats } from '../../src/build/reliability/formats';
import { figuresOfHostile } from '../../src/build/reliability/hostile';
import { ENDS, tried, type Cell } from '../../src/build/reliability/matrix';
import { COLUMNS, reliabilityText, ROWS } from '../../src/build/reliability/text';
import { WORKS } from '../../src/build/reliability/works';

const page = readFileSync('docs/reliability.md', 'utf8');
/** What `npm run reliability` finds; proofs write the rest. */
const written = withoutFormats(page);

/** Cells of the tables, by heading. */
const tables = (text: string): string[][][] =>
	text
		.split(/^## /m)
		.map((part) => part.split('\n').filter((line) => line.startsWith('| ')))
		.filter((lines) => lines.length > 0)
		.map((lines) => lines.map((line) => line.slice(2, -2).split(' | ')));

/** Everything but what a run finds. */
const frame = (text: string): string =>
	text
		.replace(/^\|.*$/gm, '')
		.replace(/^- [^*].*: ".*"$/gm, '')
		.replace(/\n{2,}/g, '\n\n')
		.trim();

describe('the page on reliability', () => {
	const empty = FAULTS.map(() => WORKS.map((): Cell => ({ end: 'works' })));

	test('is the one that the program writes', () => {
		expect(frame(written)).toBe(frame(reliabilityText({ once: empty, stays: empty })));
	});

	test('says how many calendars, cards, notes and rules lost nothing', () => {
		const figures = figuresOfFormats();
		expect(page).toBe(withFormats(page, figures));
		expect(FORMATS.map((format) => [format, figures[format].failed])).toEqual(FORMATS.map((format) => [format, 0]));
		const least = { calendars: 1000, cards: 40, notes: 1000, rules: 10_000 };
		expect(FORMATS.filter((format) => figures[format].cases < least[format])).toEqual([]);
	});

	test('says of each reader that a hundred thousand hostile texts neither broke it nor held it up', () => {
		const figures = figuresOfHostile();
		const folder = path.join(__dirname, '../../src/build/proof/decoders');
		const titleOf = (name: string) => (require(path.join(folder, name)) as { decoder: Decoder }).decoder.title;
		const found = Object.entries(figures);
		expect(found.map(([name]) => name)).toEqual(
			expect.arrayContaining([
				...['calendarFile', 'cards', 'davAnswer', 'envelope', 'idToken', 'multipart'],
				...['noteHtml', 'webhook', 'webhookCall', 'webhookParsed'],
			]),
		);
		expect(found.map(([name, { title }]) => [name, title])).toEqual(found.map(([name]) => [name, titleOf(name)]));
		expect(found.filter(([, { cases, failed }]) => cases < 100_000 || failed > 0)).toEqual([]);
		expect(found.filter(([, { slowest, most, megabytes }]) => slowest > most || megabytes > 64)).toEqual([]);
	});

	test('says of each fault what it does to each work, once and lasting, and nothing is wrong', () => {
		const found = tables(written);
		expect(found).toHaveLength(2);
		for (const [head, line, ...rows] of found) {
			expect(head).toEqual(['What goes wrong', ...COLUMNS]);
			expect(line).toHaveLength(COLUMNS.length + 1);
			expect(rows.map(([title]) => title)).toEqual(ROWS);
			const ends = new Set(rows.flatMap(([, ...cells]) => cells));
			expect([...ends].filter((end) => end === 'wrong' || !Object.hasOwn(ENDS, end))).toEqual([]);
		}
	});

	test.each(WORKS.map((work) => [work.title, work] as const))(
		'says of the work "%s" under a lost answer what a run finds',
		async (title, work) => {
			const row = ROWS.indexOf('Page 504 of a proxy, the NAS goes on working');
			const cell = await tried(FAULTS[row]!, work, 'once');
			expect(cell.end).toBe(tables(written)[0]![row + 2]![1 + COLUMNS.indexOf(title)]);
		},
	);
});
