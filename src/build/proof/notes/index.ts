import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { htmlOf } from '../../../services/note/lib/htmlOfMarkdown';
import { markdownOf } from '../../../services/note/lib/markdownOfHtml';
import { noteOf } from './corpus';
import { outlineOf } from './outline';

/** A note with its Markdown, and what cmark-gfm, which is written apart from this project, reads in that. */
export interface Vector {
	html: string;
	markdown: string;
	judged: string;
}

/** Notes whose vectors `npm test` reads: it has no judge. */
const COMMITTED = 320;
export const VECTORS = 'test/fixtures/notes/vectors.json';

function judge(markdown: string): string {
	const given = ['--unsafe', '--hardbreaks', '-e', 'table', '-e', 'strikethrough', '-e', 'autolink', '-e', 'tasklist'];
	const { stdout, error } = spawnSync('cmark-gfm', given, { input: markdown, encoding: 'utf8' });
	if (error) throw new Error('The judge is missing: apt-get install cmark-gfm', { cause: error });
	return stdout;
}

const again = (markdown: string): string => markdownOf(htmlOf(markdown, []), {});

/** Where the Markdown of a note loses something of it; empty: nowhere. */
export function lossesOf({ html, markdown, judged }: Vector): string[] {
	const wanted = outlineOf(html).join('\n');
	const back = htmlOf(markdown, []);
	return [
		...(outlineOf(back).join('\n') === wanted ? [] : ['differs when it is read back']),
		...(outlineOf(judged).join('\n') === wanted ? [] : ['differs when cmark-gfm reads it']),
		...(again(again(markdown)) === again(markdown) ? [] : ['changes whenever it is written']),
	];
}

/** Tries notes; with `write` the first of them become the vectors of `npm test`. */
export function proveNotes(
	cases: number,
	seed: number,
	write: boolean,
): { cases: number; slowest: number; failed: string[] } {
	const failed: string[] = [];
	const vectors: Vector[] = [];
	for (let number = 0; number < Math.max(cases, write ? COMMITTED : 0); number++) {
		const html = noteOf(number, seed);
		const markdown = markdownOf(html, {});
		const vector = { html, markdown, judged: judge(markdown) };
		if (number < COMMITTED) vectors.push(vector);
		for (const loss of lossesOf(vector)) failed.push(`note ${number} ${loss}: ${JSON.stringify({ html, markdown })}`);
	}
	if (write) writeFileSync(path.resolve(VECTORS), `${JSON.stringify(vectors, null, '\t')}\n`);
	return { cases, slowest: 0, failed };
}
