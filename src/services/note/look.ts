import type { Dsm } from '../../core/dsm';
import { z } from '../../vendor/zod';
import { digest } from '../../catalog/sources';
import { infoGet, noteList, tagList } from './calls';
import type { WireNote } from './note-object';

/** Where a note lies. */
export type Place = 'live' | 'archive' | 'trash';

/** A note as a poll saw it. */
export interface Seen {
	note: WireNote;
	place: Place;
	tags: string[];
}

/** Calls of `look`. */
export const lookCalls = [noteList, tagList, infoGet] as const;

const field = { link_id: true, commit_msg: true };
const order = { sort_by: 'mtime', sort_direction: 'desc' };

/** Most readings of one list while it changes under the pages. */
const READINGS = 3;

/**
 * All notes wherever they lie, with their tags, those changed longest ago first. All triggers on notes ask these questions word for
 * word, so that many of them cost one request. Nothing is asked by date: imports and restored notes carry old ones.
 */
export async function look(dsm: Dsm, uid: number): Promise<Seen[]> {
	const filter = (recycle: boolean, archive: boolean) => ({ recycle, archive, ...(recycle && { owner: uid }) });
	const [tags, live, archive, trash] = await Promise.all([
		tagsByNote(dsm),
		whole({ filter: filter(false, false), field, ...order }, dsm),
		whole({ filter: filter(false, true), field, ...order }, dsm),
		whole({ filter: filter(true, false), field, ...order }, dsm),
	]);
	const seen = (place: Place, rows: WireNote[]) =>
		rows
			.filter((note) => (note.recycle ?? place === 'trash') === (place === 'trash'))
			.map((note): Seen => ({ note, place, tags: tags.get(note.object_id) ?? [] }));
	return [...seen('live', live), ...seen('archive', archive), ...seen('trash', trash)].sort(
		(a, b) => a.note.mtime - b.note.mtime || a.note.ctime - b.note.ctime,
	);
}

/** A complete list. Without a limit one answer holds all; where it does not, pages follow, anew when the total changed meanwhile. */
async function whole(params: Record<string, unknown>, dsm: Dsm): Promise<WireNote[]> {
	for (let reading = 1; ; reading++) {
		const rows: WireNote[] = [];
		const totals = new Set<number>();
		let last = 1;
		while (last > 0 && (rows.length === 0 || rows.length < Math.max(...totals))) {
			const data = await dsm.call(noteList, { ...params, ...(rows.length > 0 && { offset: rows.length }) });
			const page = (data?.notes ?? []) as WireNote[];
			rows.push(...page);
			totals.add(Number(data?.total ?? rows.length));
			last = page.length;
		}
		if (totals.size <= 1 || reading === READINGS) return rows;
	}
}

async function tagsByNote(dsm: Dsm): Promise<Map<string, string[]>> {
	const { tags = [] } = ((await dsm.call(tagList)) ?? {}) as { tags?: { title: string; items?: string[] }[] };
	const found = new Map<string, string[]>();
	for (const { title, items } of tags)
		for (const id of items ?? []) found.set(id, [...(found.get(id) ?? []), title].sort());
	return found;
}

export async function ownUid(dsm: Dsm): Promise<number> {
	return Number((await dsm.call(infoGet)).uid);
}

/** What is shared, apart from what comes from the notebook. */
export function sharing({ acl }: { acl?: unknown }): string {
	const own = JSON.stringify(acl ?? {}, (_, value: unknown) =>
		typeof value === 'object' && value !== null && (value as { inherit?: boolean }).inherit === true
			? undefined
			: value,
	);
	return /"perm"/.test(own) ? digest(own) : '';
}

/** Event about a note. Times are seconds since the epoch. */
export const noteEvent = z.looseObject({
	object_id: z.string(),
	title: z.string(),
	brief: z.string(),
	parent_id: z.string(),
	/** Title of the notebook; empty when it cannot be seen. */
	notebook: z.string(),
	tags: z.array(z.string()),
	ctime: z.number(),
	mtime: z.number(),
	ver: z.string(),
	event_id: z.string(),
});
export type NoteEvent = z.input<typeof noteEvent>;
