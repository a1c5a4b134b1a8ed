import { sorting } from '../../catalog/sorting';
import { z } from '../../vendor/zod';

/** An id within a link: of the web client, or of a link from note to note (notestation.md 13). */
const ID_IN_LINK = /\d+_[0-9A-V]{26}/;

/** Id of an object; from a link to it, the id in it. */
const objectId = () =>
	z
		.string()
		.trim()
		.min(1)
		.transform((text) => (text.includes('/') ? (ID_IN_LINK.exec(text)?.[0] ?? text) : text))
		.refine((id) => !/[/\s]/.test(id), 'is no ID and no link that holds one');

/** What is known of IDs: digits and signs, without a space (notestation.md 13). */
const TITLED = { value: 'object_id', label: 'title', names: [], ids: '^\\d+_[0-9A-V]{20,}$|/' };
const by = { name: 'e.g. Recipes', id: 'e.g. 1026_L8NKV9OBEH2BH18U693PB5CM2G' };
const byLink = { ...by, url: 'e.g. notestation://remote/self/1026_L8NKV9OBEH2BH18U693PB5CM2G' };

export const note_id = objectId().meta({
	title: 'Note',
	description: 'Note to work on',
	widget: 'picker',
	choices: { ...TITLED, from: 'note.note.list' },
	by: byLink,
});

export const note_ids = z
	.array(objectId())
	.min(1)
	.meta({
		title: 'Notes',
		description: 'Notes to work on',
		widget: 'picker',
		choices: { ...TITLED, from: 'note.note.list' },
	});

export const recycled_ids = z
	.array(objectId())
	.min(1)
	.meta({
		title: 'Notes',
		description: 'Notes in the recycle bin',
		widget: 'picker',
		choices: { ...TITLED, from: 'note.note.listRecycleBin' },
	});

export const notebook_id = objectId().meta({
	title: 'Notebook',
	description: 'Notebook to work on',
	widget: 'picker',
	choices: { ...TITLED, from: 'note.notebook.list' },
	by,
});

export const todo_id = objectId().meta({
	title: 'To-Do',
	description: 'To-do to work on',
	widget: 'picker',
	choices: { ...TITLED, from: 'note.todo.list' },
	by,
});

export const smart_id = objectId().meta({
	title: 'Smart Notebook',
	description: 'Smart notebook to work on',
	widget: 'picker',
	choices: { ...TITLED, from: 'note.smart.list' },
	by,
});

export const tag_id = z
	.string()
	.min(1)
	.meta({
		title: 'Tag',
		description: 'Tag to work on',
		widget: 'picker',
		choices: { from: 'note.tag.list', value: 'tag_id', label: 'title', names: [], ids: '@\\d+$' },
		by: { name: 'e.g. kitchen', id: 'e.g. kitchen@1026' },
	});

/** Names as a list, as a list in a text (hosts make that of an expression), or as a text with commas. */
const namesOf = (given: string | string[]): string[] => {
	const list = typeof given !== 'string' ? given : /^\s*\[/.test(given) ? tryList(given) : given.split(',');
	return [...new Set(list.map((name) => name.trim()))].filter((name) => name !== '');
};

function tryList(text: string): string[] {
	try {
		return (JSON.parse(text) as unknown[]).map(String);
	} catch {
		return text.split(',');
	}
}

const TAGS = {
	title: 'Tags',
	description: 'Names of tags, several with commas, or an array from an expression; new ones are made',
	placeholder: 'e.g. kitchen, tea',
	widget: 'multiline',
} as const;

export const tags = z
	.union([z.string(), z.array(z.string())])
	.transform(namesOf)
	.meta(TAGS);

export const someTags = z
	.union([z.string(), z.array(z.string())])
	.transform(namesOf)
	.refine((list) => list.length > 0, 'names no tag')
	.meta(TAGS);

export const title = z
	.string()
	.min(1)
	.meta({ title: 'Title', description: 'Title', placeholder: 'e.g. Shopping list' });

/** How text goes in and comes out. */
export const format = z
	.enum(['markdown', 'html', 'text'])
	.default('markdown')
	.meta({
		title: 'Format',
		description: 'Form of the text. Colors, fonts and charts are kept in HTML alone.',
		labels: { markdown: 'Markdown', html: 'HTML', text: 'Plain Text' },
	});

export const content = z.string().default('').meta({
	title: 'Content',
	description: 'Text of the note',
	widget: 'multiline',
	placeholder: 'e.g. - [ ] Buy milk',
	budget: 'note',
});

export const password = z
	.string()
	.min(1)
	.meta({ title: 'Password', description: 'Password of the encrypted note', widget: 'secret' });

/** Orders of notes that the NAS knows (notestation.md 6.2). */
export const order = sorting({ mtime: 'Changed', ctime: 'Created', title: 'Title' }, 'desc');
