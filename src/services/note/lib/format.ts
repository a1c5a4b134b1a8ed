import { withinTime } from '../../../core/budget';
import { htmlOf } from './htmlOfMarkdown';
import { markdownOf } from './markdownOfHtml';
import { escapeHtml, textOf } from './plainText';

export type Format = 'markdown' | 'html' | 'text';

/** Picture of a note: the markup that shows it, and the name by which Markdown calls it. */
export interface Picture {
	name: string;
	html: string;
}

/** Text in the given form as the HTML of Note Station (notestation.md 13). `pictures`: what `![](attachment:name)` can mean. */
export function toHtml(text: string, format: Format, pictures: readonly Picture[] = []): string {
	if (format === 'html') return text;
	if (format === 'markdown') return withinTime('conversion', () => htmlOf(text, pictures));
	return text
		.split(/\r\n|\r|\n/)
		.map((line) => `<div>${escapeHtml(line)}</div>`)
		.join('');
}

/** HTML of Note Station in the given form. `names`: file names by the `ref` of pictures. */
export function fromHtml(html: string, format: Format, names: Readonly<Record<string, string>> = {}): string {
	if (format === 'html') return html;
	return format === 'markdown' ? withinTime('conversion', () => markdownOf(html, names)) : textOf(html);
}
