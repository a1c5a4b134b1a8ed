import { apart } from '../../../core/apart';
import { htmlOf } from './htmlOfMarkdown';
import { markdownOf } from './markdownOfHtml';
import { htmlOfText, textOf } from './plainText';

export type Format = 'markdown' | 'html' | 'text';

/** Picture of a note: the markup that shows it, and the name by which Markdown calls it. */
export interface Picture {
	name: string;
	html: string;
}

const fromText = apart('conversion', require.resolve('./plainText'), htmlOfText);
const fromMarkdown = apart('conversion', require.resolve('./htmlOfMarkdown'), htmlOf);
const toMarkdown = apart('conversion', require.resolve('./markdownOfHtml'), markdownOf);

/** Text in the given form as the HTML of Note Station (notestation.md 13). `pictures`: what `![](attachment:name)` can mean. */
export async function toHtml(text: string, format: Format, pictures: readonly Picture[] = []): Promise<string> {
	if (format === 'html') return text;
	if (format === 'markdown') return await fromMarkdown([text, pictures]);
	return await fromText([text]);
}

/** HTML of Note Station in the given form. `names`: file names by the `ref` of pictures. */
export async function fromHtml(
	html: string,
	format: Format,
	names: Readonly<Record<string, string>> = {},
): Promise<string> {
	if (format === 'html') return html;
	return format === 'markdown' ? await toMarkdown([html, names]) : textOf(html);
}
