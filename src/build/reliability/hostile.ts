import { readFileSync, writeFileSync } from 'node:fs';

/** What the last proof of a reader found. */
export interface HostileFigures {
	title: string;
	cases: number;
	failed: number;
	/** Milliseconds in which nothing else came to its turn, the most of any case, and the bar. */
	slowest: number;
	most: number;
	/** Megabytes that are kept after all cases. */
	megabytes: number;
}
export type Hostile = Record<string, HostileFigures>;

const FILE = 'src/build/reliability/hostile.json';

export const figuresOfHostile = (): Hostile => JSON.parse(readFileSync(FILE, 'utf8')) as Hostile;

const shown = (count: number): string => count.toLocaleString('en-US');

/** The section of `docs/reliability.md` on hostile texts. */
export function hostileText(figures: Hostile): string {
	const rows = Object.values(figures).map(
		({ title, cases, failed, slowest, most, megabytes }) =>
			`| ${title} | ${shown(cases)} | ${shown(failed)} | ${slowest} of ${most} ms | ${megabytes} MB |`,
	);
	return `## What hostile texts do

Written by \`npm run proof -- --cases 100000 --write\` with the names of readers: each reads random texts of pieces of its format, and every piece over and
over up to a million characters. It fails where a reader throws what it does not mean to throw, takes for genuine what is not, or holds up the
program for longer than its bar, by its own time of the processor. What is kept is what is in use after all cases above what was before.

| What is read | Cases | Failed | Longest hold-up | Kept |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

Two thousand forged calls a second to the address of a webhook: [performance.md](performance.md#webhooks).
`;
}

/** Keeps what a proof found of a reader. */
export function keepHostile(name: string, found: HostileFigures): void {
	const all = Object.entries({ ...figuresOfHostile(), [name]: found }).sort(([a], [b]) => (a < b ? -1 : 1));
	writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(all), null, '\t')}\n`);
}
