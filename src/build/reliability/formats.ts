import { readFileSync, writeFileSync } from 'node:fs';
import { figuresOfHostile, hostileText, keepHostile, type HostileFigures } from './hostile';

/** What the last proof of a format found. */
export interface Figures {
	cases: number;
	failed: number;
	/** Cases that could not be compared, by reason. */
	unjudged?: Record<string, number>;
}
export const FORMATS = ['calendars', 'cards', 'notes', 'rules'] as const;
export type Format = (typeof FORMATS)[number];
export type FormatFigures = Record<Format, Figures>;

const FILE = 'src/build/reliability/formats.json';
const HEAD = '## What the formats keep';

/** What was tried, and with whose help. */
const TRIED: Record<Format, string> = {
	calendars:
		'Calendar files: their lines are their text; an import, eleven changes of the whole and changes of one occurrence leave every other line byte for byte',
	cards:
		'vCards: read again, by way of version 4.0, and changed field by field, they keep every line that the change is not about',
	notes: 'Notes as Markdown: read back by this program and by cmark-gfm, they have the same text and structure',
	rules: 'Recurrence rules: their starts within a window are those of python-dateutil',
};

export const figuresOfFormats = (): FormatFigures => JSON.parse(readFileSync(FILE, 'utf8')) as FormatFigures;

const shown = (count: number): string => count.toLocaleString('en-US');

/** The section of `docs/reliability.md` on formats. */
export function formatsText(figures: FormatFigures): string {
	const rows = FORMATS.map((format) => {
		const { cases, failed, unjudged = {} } = figures[format];
		const left = Object.values(unjudged).reduce((sum, count) => sum + count, 0);
		return `| ${TRIED[format]} | ${shown(cases)} | ${shown(failed)} | ${shown(left)} |`;
	});
	const reasons = FORMATS.flatMap((format) => Object.entries(figures[format].unjudged ?? {}));
	const list = reasons.sort(([, a], [, b]) => b - a).map(([why, count]) => `- ${why}: ${shown(count)}`);
	return `${HEAD}

Written by \`npm run proof -- --write vcards calendars notes rules\`; calendars, cards and notes were made for this project.

| What is tried | Cases | Losses or differences | Not compared |
| --- | --- | --- | --- |
${rows.join('\n')}

${list.length > 0 ? `Not compared, by reason:\n\n${list.join('\n')}\n\n` : ''}Rules are not tried where python-dateutil reads them otherwise than RFC 5545 says (decision 0033): days with and without a number in one BYDAY,
BYSETPOS in the first week, BYWEEKNO from the end beyond the first day of a year, and BYWEEKNO in rules that are not yearly.
`;
}

/** The page, with what proofs found anew. */
export const withFormats = (page: string, figures = figuresOfFormats()): string =>
	`${withoutFormats(page)}\n${formatsText(figures)}\n${hostileText(figuresOfHostile())}`;

/** The page without what proofs found. */
export const withoutFormats = (page: string): string => `${page.split(`\n${HEAD}`)[0]!.trimEnd()}\n`;

/** Keeps what a proof found, and writes it into the page. */
export function writeFigures(format: Format, found: Figures, page = 'docs/reliability.md'): void {
	const figures = { ...figuresOfFormats(), [format]: found };
	writeFileSync(FILE, `${JSON.stringify(figures, null, '\t')}\n`);
	writeFileSync(page, withFormats(readFileSync(page, 'utf8'), figures));
}

/** The same of a reader of hostile texts. */
export function writeHostile(name: string, found: HostileFigures, page = 'docs/reliability.md'): void {
	keepHostile(name, found);
	writeFileSync(page, withFormats(readFileSync(page, 'utf8')));
}
