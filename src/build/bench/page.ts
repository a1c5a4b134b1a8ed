import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Figure } from './figures';
import { root } from '../places';

const FILE = path.join(root, 'docs/performance.md');

const HEAD = `# Performance

Figures of \`npm run bench\`, written by it with \`--write\`: they hold for the machine that it ran on. A reference is the same thing done the
plain way in the same run, in turn with ours. A bar is what the figure has to keep.
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

/** Writes the figures of a benchmark into docs/performance.md. */
export function writeFigures(benchmark: string, rows: readonly Figure[]): void {
	const page = existsSync(FILE) ? readFileSync(FILE, 'utf8') : HEAD;
	writeFileSync(FILE, pageWith(page, benchmark, rows));
}
