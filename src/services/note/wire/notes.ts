import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';
import { emptyIsAbsent, owned, renamed } from './owned';

const lift = ['owner', 'commit_msg'];

/** A note of a list: without text, tags and files (notestation.md 6.1). */
export const noteRow = row(
	{
		...owned,
		/** The first 80 characters of the text. */
		brief: field.text().optional(),
		parent_id: field.text().optional(),
		/** The notebook before the recycle bin. */
		old_parent_id: field.text().optional(),
		encrypt: field.flag().optional(),
		recycle: field.flag().optional(),
		archive: field.flag().optional(),
		individual_joined: field.flag().optional(),
		/** How the client signed that made the revision. */
		device: field.text().optional(),
		/** Whether the revision shows in the version history. */
		listable: field.flag().optional(),
	},
	{
		lift,
		rename: renamed,
		simple: ['object_id', 'title', 'brief', 'parent_id', 'ctime', 'mtime', 'ver', 'link_id', 'encrypt', 'owner_name'],
	},
);
export type NoteRow = z.output<typeof noteRow>;

/** A file or picture of a note (notestation.md 7.1). */
export const attachment = row({
	file_id: field.id(),
	name: field.text().optional(),
	ext: field.text().optional(),
	type: field.text().optional(),
	size: field.bytes().optional(),
	width: field.number().optional(),
	height: field.number().optional(),
	md5: field.text().optional(),
	/** By which a picture stands in the text. */
	ref: field.text().optional(),
	source: field.text().optional(),
});
export type Attachment = z.output<typeof attachment>;

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Rows of what the NAS keeps by id; nothing where there are no files. */
function filesOf(value: unknown): unknown {
	if (value === undefined || value === null) return [];
	if (!isObject(value)) return value;
	return Object.entries(value).map(([file_id, facts]) => ({ ...(isObject(facts) ? facts : {}), file_id }));
}
const attachments = z.preprocess(filesOf, z.array(attachment));

/** A list; some releases give an object or null. */
const tags = z.preprocess(
	(value) => (value === undefined || value === null ? [] : isObject(value) ? Object.values(value) : value),
	z.array(z.string()),
);

const whole = { ...renamed, tag: 'tags', attachment: 'attachments' } as const;

/** A whole note. Its text as the NAS keeps it: HTML, or ciphertext (notestation.md 8). */
export const wholeNote = noteRow
	.with({
		ver: field.text(),
		content: field.text(),
		tags,
		attachments,
		latitude: field.number().optional(),
		longitude: field.number().optional(),
		location: field.text().optional(),
		source_url: field.text().optional(),
	})
	.as({
		rename: whole,
		simple: ['object_id', 'title', 'content', 'tags', 'parent_id', 'ctime', 'mtime', 'ver', 'link_id', 'encrypt'],
	});
export type WholeNote = z.output<typeof wholeNote>;

/** What a write says of a note: the new revision, and of its files those that came with it. */
export const written = row(
	{
		object_id: field.id(),
		ver: field.text().optional(),
		mtime: field.seconds().optional(),
		link_id: field.text().optional(),
		attachments,
	},
	{ rename: { attachment: 'attachments' } },
);
export type Written = z.output<typeof written>;

/** Rows in `data.data`, one row, or nothing (notestation.md 14, row 19). */
function writtenRows(answer: unknown): unknown {
	const inner = isObject(answer) && 'data' in answer ? answer.data : answer;
	return Array.isArray(inner) ? inner : isObject(inner) && 'object_id' in inner ? [inner] : [];
}

const of = 'SYNO.NoteStation.Note';

/** Live and archived notes and those of the recycle bin, unless a filter says which. */
export const listNotes = call(of, 'list', 3, {
	...{ list: 'notes', of: noteRow, page: 500, emptyIsAbsent },
	...{ readOnly: true, basis: 'capture', source: 'notestation.md 6.2' },
});

export const getNote = call(of, 'get', 3, {
	...{ answer: wholeNote, readOnly: true, basis: 'capture', source: 'notestation.md 6.3' },
});

/** The answer shows an empty text although the text was saved: it must be read. */
export const createNote = call(of, 'create', 3, {
	...{ answer: written, basis: 'capture', source: 'notestation.md 6.4' },
});

/** With `ver` and `check_conflict` it writes on that revision or not at all. */
export const setNote = call(of, 'set', 3, {
	answer: z.preprocess(writtenRows, z.array(written)),
	...{ basis: 'capture', source: 'notestation.md 6.5' },
});

/** Without `recycle` it may destroy: that is always to be said. */
export const deleteNotes = repeatable(call(of, 'delete', 3, { basis: 'capture', source: 'notestation.md 6.6' }), {
	done: [],
});

export const restoreNotes = repeatable(call(of, 'restore', 3, { basis: 'capture', source: 'notestation.md 6.7' }));

export const copyNote = call(of, 'copy', 3, {
	answer: noteRow.with({ content: field.text().optional(), tags, attachments }).as({ rename: whole }),
	...{ basis: 'capture', source: 'notestation.md 6.8' },
});

/** A revision that is no longer the current one gives a page, a file that is gone an empty picture. */
export const downloadFile = call(of, 'download', 3, {
	...{ readOnly: true, basis: 'clients', source: 'notestation.md 7.3' },
});

/** The lowest `id` is the newest; ids shift. */
export const listVersions = call('SYNO.NoteStation.Note.Version', 'list', 2, {
	list: 'versions',
	of: row(
		{
			version: field.id(),
			id: field.id().optional(),
			author: field.text().optional(),
			mtime: field.seconds().optional(),
			device: field.text().optional(),
			listable: field.flag().optional(),
			last_version: z.array(z.string()).optional(),
		},
		{ lift },
	),
	...{ page: 200, emptyIsAbsent },
	...{ readOnly: true, basis: 'capture', source: 'notestation.md 6.10' },
});

export const restoreVersion = call('SYNO.NoteStation.Note.Version', 'restore', 2, {
	...{ answer: written, basis: 'capture', source: 'notestation.md 6.10' },
});

export const unlockNote = call('SYNO.NoteStation.Note.Encrypt', 'create', 1, {
	answer: row({ token: field.secret() }),
	...{ basis: 'capture', source: 'notestation.md 8' },
});

export const lockNote = call('SYNO.NoteStation.Note.Encrypt', 'delete', 1, {
	...{ basis: 'capture', source: 'notestation.md 8' },
});

/** A ticket with which files are downloaded without a session. */
export const grantTicket = call('SYNO.API.Auth.Key', 'grant', 7, {
	answer: row({ tid: field.secret() }),
	...{ basis: 'capture', source: 'notestation.md 7.3' },
});

export const searchNotes = call('SYNO.NoteStation.FTS', 'search', 1, {
	...{ list: 'notes', of: noteRow, page: 200, emptyIsAbsent },
	...{ readOnly: true, basis: 'capture', source: 'notestation.md 10' },
});

/** A tag with the ids of the notes that bear it. */
export const tag = row({
	tag_id: field.id(),
	title: field.text().optional(),
	category: field.text().optional(),
	items: z.array(field.id()).optional(),
});

export const listTags = call('SYNO.NoteStation.Tag', 'list', 2, {
	...{ list: 'tags', of: tag, page: 500, emptyIsAbsent },
	...{ readOnly: true, basis: 'capture', source: 'notestation.md 10' },
});

export const setTag = repeatable(
	call('SYNO.NoteStation.Tag', 'set', 2, { basis: 'inferred', source: 'notestation.md 10' }),
	{ done: [] },
);

export const deleteTag = repeatable(
	call('SYNO.NoteStation.Tag', 'delete', 2, { basis: 'inferred', source: 'notestation.md 10' }),
	{ done: [] },
);
