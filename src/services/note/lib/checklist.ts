import { DsmInputError } from '../../../core/errors';
import type { WholeNote } from '../wire/notes';
import { checkbox } from './htmlOfMarkdown';
import { textOf } from './plainText';

/** An input, which may be a box, and the text behind it, up to the end of its line. */
const ITEM = /<input\b([^<>]*)>([\s\S]*?)(?=<\/(?:div|li|p|td)>|<br|<input|$)/g;

/** Text of a note in which the boxes beside a text are ticked or not. Throws DsmInputError when there is none. */
export function ticked({ content, title }: WholeNote, item: string, checked: boolean): string {
	let found = 0;
	const html = content.replace(ITEM, (whole, attributes: string, text: string) => {
		if (!attributes.includes('syno-notestation-editor-checkbox')) return whole;
		if (textOf(text).trim() !== item.trim()) return whole;
		found += 1;
		return `${checkbox(checked)}${text}`;
	});
	if (found > 0) return html;
	throw new DsmInputError(`The note "${title}" has no item "${item}" to tick.`, {
		path: ['item'],
		hint: 'The text must be the same as in the note, capitals too.',
	});
}
