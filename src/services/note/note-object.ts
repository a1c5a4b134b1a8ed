import type { Dsm } from '../../core/dsm';
import { z } from '../../vendor/zod';
import { infoGet, noteGet, noteList } from './calls';
import { PAGE } from './fields';
import type { Format, Picture } from './markdown';
import { fromHtml } from './markdown';

/** A file of a note as the NAS lists it (notestation.md 7.1). */
export interface WireFile {
	name?: string;
	ext?: string;
	type?: string;
	size?: number;
	md5?: string;
	ref?: string;
}

/** A note as the NAS gives it: lists leave out content, tags and files (notestation.md 6.1). */
export interface WireNote {
	object_id: string;
	parent_id: string;
	old_parent_id?: string;
	title: string;
	brief?: string;
	content?: string;
	/** A list; some releases give an object or null. */
	tag?: unknown;
	ctime: number;
	mtime: number;
	ver: string;
	encrypt?: boolean;
	recycle?: boolean;
	archive?: boolean;
	acl?: unknown;
	owner?: { uid?: number; display_name?: string };
	attachment?: Record<string, WireFile> | null;
	link_id?: string;
	commit_msg?: { device?: string };
}

/** A note of a list. Times are seconds since the epoch. */
export const noteRow = z.looseObject({
	object_id: z.string(),
	title: z.string().optional(),
	brief: z.string().optional(),
	parent_id: z.string().optional(),
	ctime: z.number().optional(),
	mtime: z.number().optional(),
	ver: z.string().optional(),
	link_id: z.string().optional(),
	encrypt: z.boolean().optional(),
});

/** A whole note; `content` in the form that was asked for, of an encrypted note as the NAS keeps it. */
export const fullNote = z.looseObject({
	object_id: z.string(),
	title: z.string(),
	content: z.string(),
	tag: z.array(z.string()),
	parent_id: z.string().optional(),
	ctime: z.number().optional(),
	mtime: z.number().optional(),
	ver: z.string(),
	link_id: z.string().optional(),
	encrypt: z.boolean().optional(),
});

/** What a write says: the new revision. */
export const revision = z.looseObject({
	object_id: z.string(),
	ver: z.string().optional(),
	mtime: z.number().optional(),
});

/** Titles of the tags (notestation.md 6.1: tolerate an object and null). */
export function tagsOf({ tag }: Pick<WireNote, 'tag'>): string[] {
	if (typeof tag !== 'object' || tag === null) return [];
	return Object.values(tag).filter((one): one is string => typeof one === 'string');
}

export const filesOf = ({ attachment }: Pick<WireNote, 'attachment'>): [string, WireFile][] =>
	Object.entries(attachment ?? {});

/** Encrypted, or looking so (notestation.md 8). */
export const isEncrypted = ({ encrypt, content = '' }: WireNote): boolean =>
	encrypt === true || content.startsWith('U2FsdGVkX1');

export async function readNote(object_id: string, dsm: Dsm, more: Record<string, unknown> = {}): Promise<WireNote> {
	return (await dsm.call(noteGet, { object_id, ...more }, { readOnly: true })) as WireNote;
}

/** A note with its text in the wanted form. */
export function shown(note: WireNote, format: Format): z.input<typeof fullNote> {
	const { content = '' } = note;
	const text = isEncrypted(note) ? content : fromHtml(content, format, fileNames(note));
	return { ...note, tag: tagsOf(note), content: text };
}

const fileNames = (note: WireNote): Record<string, string> =>
	Object.fromEntries(filesOf(note).flatMap(([, { ref, name }]) => (ref && name ? [[ref, name]] : [])));

/** Pictures of a note by file name, each with the markup that shows it now, so that its size is kept. */
export function picturesOf(note: WireNote, draw: (ref: string) => string): Picture[] {
	const tags = [...(note.content ?? '').matchAll(/<img\b[^>]*\bref="([^"]*)"[^>]*>/g)];
	return filesOf(note).flatMap(([, { ref, name }]) => {
		if (!ref || !name) return [];
		return [{ name, html: tags.find(([, found]) => found === ref)?.[0] ?? draw(ref) }];
	});
}

/** Rows of a list, page by page; no page size is documented, so the answer's `total` decides. */
export async function* eachRow<T>(
	dsm: Dsm,
	call: Parameters<Dsm['call']>[0],
	items: string,
	params: Record<string, unknown>,
): AsyncGenerator<T> {
	for (let offset = 0; ;) {
		const data = (await dsm.call(call, { ...params, offset, limit: PAGE }, { readOnly: true })) as
			Record<string, unknown> | undefined;
		const rows = (data?.[items] ?? []) as T[];
		yield* rows;
		offset += rows.length;
		if (rows.length === 0 || offset >= Number(data?.total ?? 0)) return;
	}
}

/** Which notes: live ones unless asked otherwise. */
export interface Wanted {
	parent_id?: string | undefined;
	archive?: boolean;
}

/** Live notes, the latest change first. The server's filter is checked again: some releases pass over parts of it. */
export async function* liveNotes(dsm: Dsm, { parent_id, archive = false }: Wanted = {}): AsyncGenerator<WireNote> {
	const params = {
		filter: { recycle: false, archive, ...(parent_id !== undefined && { parent_id }) },
		field: { link_id: true, commit_msg: true },
		sort_by: 'mtime',
		sort_direction: 'desc',
	};
	for await (const row of eachRow<WireNote>(dsm, noteList, 'notes', params))
		if (row.recycle !== true && (parent_id === undefined || row.parent_id === parent_id)) yield row;
}

/** Notes in the recycle bin of the account. */
export async function* trashedNotes(dsm: Dsm): AsyncGenerator<WireNote> {
	const { uid } = await dsm.call(infoGet, {}, { readOnly: true });
	const filter = { recycle: true, archive: false, owner: uid };
	for await (const row of eachRow<WireNote>(dsm, noteList, 'notes', { filter })) if (row.recycle !== false) yield row;
}
