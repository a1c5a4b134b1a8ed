import { DsmInputError } from '../../core/errors';
import { procedure } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { note_id } from './fields';
import { revision } from './note-object';
import { checkbox } from './render';
import { briefOf, textOf } from './text';
import { change, changeCalls } from './writing';

/** A box and the text behind it, up to the end of its line. */
const ITEM = /<input\b[^>]*syno-notestation-editor-checkbox[^>]*>([\s\S]*?)(?=<\/(?:div|li|p|td)>|<br|<input|$)/g;

export const check = procedure({
	title: 'Tick an item of a checklist',
	summary: 'Ticks a box in a note, or takes its tick away.',
	uses: changeCalls,
	params: z.object({
		note_id,
		item: z.string().min(1).meta({
			title: 'Item',
			description: 'Text beside the box; of several equal ones, all',
			placeholder: 'e.g. Order screws',
		}),
		checked: z.boolean().default(true).meta({ title: 'Ticked', description: 'Whether the box is ticked afterwards' }),
	}),
	result: revision,
	basis: 'capture',
	run: async ({ note_id: id, item, checked }, dsm) =>
		await change(id, dsm, ({ content = '', title }) => {
			let found = 0;
			const html = content.replace(ITEM, (whole, text: string) => {
				if (textOf(text).trim() !== item.trim()) return whole;
				found += 1;
				return `${checkbox(checked)}${text}`;
			});
			if (found > 0) return { content: html, brief: briefOf(html) };
			throw new DsmInputError(`The note "${title}" has no item "${item}" to tick.`, {
				path: ['item'],
				hint: 'The text must be the same as in the note, capitals too.',
			});
		}),
});
