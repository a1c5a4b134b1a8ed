import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Figure } from './figures';
import { root } from '../places';

const FILE = path.join(root, 'docs/performance.md');
const README = path.join(root, 'README.md');

const HEAD = `# Performance

Figures of \`npm run bench\`, written by it with \`--write\`: they hold for the machine that it ran on. A reference is the same thing done the
plain way in the same run, in turn with ours, on the same machine at the same load; "×" are medians of such pairs. A bar is what the figure
has to keep. *Own time* is what the program itself took of the processor, the server and whatever else ran beside it left out; a *stall* is
the longest own time in which nothing else of the program came to its turn. That five equal triggers of a whole n8n server ask as often as
one is held by \`test/e2e/n8n-queue.test.ts\`. Why it is so: [decision 0056](decisions/0056-figures-and-bars.md).
`;

const cell = (value: number | undefined, unit = ''): string => (value === undefined ? '' : `${value} ${unit}`.trim());

const row = ({ name, value, unit, reference, bar, met }: Figure): string =>
	`| ${name} | ${cell(value, unit)} | ${cell(reference, unit)} | ${bar ?? ''} | ${met === undefined ? '' : met ? 'yes' : '**no**'} |`;

/** The section of a benchmark, which takes the place of the one before. */
export function pageWith(page: string, benchmark: string, rows: readonly Figure[]): string {
	const [begin, end] = [`<!-- bench ${benchmark} -->`, `<!-- end of ${benchmark} -->`];
	const table = ['| What | Figure | Reference | Bar | Met |', '|---|---|---|---|---|', ...rows.map(row)].join('\n');
	const section = `${begin}\n\n## ${benchmark}\n\n${table}\n\n${end}\n`;
	const [from, to] = [page.indexOf(begin), page.indexOf(end)];
	return from < 0 || to < from
		? `${page}\n${section}`
		: `${page.slice(0, from)}${section}${page.slice(to + end.length + 1)}`;
}

/** What users are told of the figures: rows of the page, and what the read-me says before each. */
const SHOWN: Record<string, string> = {
	'1000 reading items in n8n at 5 ms, requests': 'Requests for a thousand items of n8n that read',
	'fileChanged on 100000 files, none changed, own time':
		'Time that a look at a folder of 100,000 files takes of the processor',
	'upload of 5 GiB, memory growth': 'Memory that an upload of 5 GiB takes',
};
const [BEGIN, END] = ['<!-- figures -->', '<!-- end of figures -->'];

/** Digits behind the point say nothing to a user. */
const inWholeNumbers = (figure: string): string => figure.replace(/^\d{2,}\.\d+/, (number) => Number(number).toFixed());

/** The read-me with the figures of the page. Throws where the page lacks one. */
export function readmeWith(readme: string, page: string): string {
	const rows = page.split('\n').map((line) => line.split('|').map((one) => one.trim()));
	const lines = Object.entries(SHOWN).map(([name, says]) => {
		const found = rows.find(([, what]) => what === name)?.[2];
		if (found === undefined) throw new Error(`docs/performance.md has no row "${name}".`);
		return `| ${says} | ${inWholeNumbers(found)} |`;
	});
	const [from, to] = [readme.indexOf(BEGIN), readme.indexOf(END)];
	if (from < 0 || to < from) throw new Error('README.md has no place for the figures.');
	return `${readme.slice(0, from)}${[BEGIN, '| What | Figure |', '|---|---|', ...lines].join('\n')}\n${readme.slice(to)}`;
}

/** Writes the figures of a benchmark into docs/performance.md, and those that it tells to users into the read-me. */
export function writeFigures(benchmark: string, figures: readonly Figure[]): void {
	const page = pageWith(existsSync(FILE) ? readFileSync(FILE, 'utf8') : HEAD, benchmark, figures);
	writeFileSync(FILE, page);
	if (Object.keys(SHOWN).every((name) => page.includes(`| ${name} |`)))
		writeFileSync(README, readmeWith(readFileSync(README, 'utf8'), page));
}
