import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sampleOf } from './corpus';
import { lossesIn } from './law';

/** Mixtures of features that are committed, beside the calendars that were written by hand, each for a feature. */
const COMMITTED = 120;
export const CALENDARS = 'test/fixtures/calendars';

const nameOf = (seed: number): string => `mixture-${String(seed).padStart(3, '0')}.ics`;

/** The committed calendars, by name. */
export const committed = (): { name: string; text: string }[] =>
	globSync('*.ics', { cwd: CALENDARS })
		.sort()
		.map((name) => ({ name, text: readFileSync(path.join(CALENDARS, name), 'utf8') }));

/** Tries the committed calendars and mixtures of features; with `write` the first mixtures are committed. */
export function proveCalendars(
	cases: number,
	seed: number,
	write: boolean,
): { cases: number; slowest: number; failed: string[] } {
	if (write) {
		mkdirSync(CALENDARS, { recursive: true });
		for (let one = 0; one < COMMITTED; one++) writeFileSync(path.join(CALENDARS, nameOf(one)), sampleOf(one).text);
	}
	const files = committed();
	const fresh = Array.from({ length: Math.max(0, cases - files.length) }, (_, index) => {
		const number = seed * 1_000_000 + index;
		return { name: `mixture ${number}`, text: sampleOf(number).text };
	});
	const all = [...files, ...fresh].slice(0, cases);
	const failed = all.flatMap(({ name, text }) => lossesIn(text).map((loss) => `${name}: ${loss}`));
	return { cases: all.length, slowest: 0, failed };
}
