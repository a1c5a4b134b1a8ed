import type { Dsm } from '../../../core/dsm';
import { digest } from '../../../catalog/sources';
import { timeOf } from '../../../catalog/row';
import { call } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';
import { getInfo } from '../wire/accounts';
import { listTags, noteRow } from '../wire/notes';
import { emptyIsAbsent, renamed } from '../wire/owned';

const { acl: _shares, ...others } = renamed;

/** Of notes that are compared `acl` stays as the NAS sends it: fingerprints are made of it. */
const comparedNote = noteRow.with({ acl: z.unknown() }).as({ rename: others });
type ComparedNote = z.output<typeof comparedNote>;

/** The list without pages: one answer holds all, as far as the NAS gives it so. */
const listAll = call('SYNO.NoteStation.Note', 'list', 3, {
	...{ list: 'notes', of: comparedNote, emptyIsAbsent },
	...{ readOnly: true, basis: 'capture', source: 'notestation.md 6.2' },
});

/** Where a note lies. */
export type Place = 'live' | 'archive' | 'trash';

/** A note as a poll saw it. */
export interface Seen {
	note: ComparedNote;
	place: Place;
	tags: string[];
}

/** Calls of `allNotes`. */
export const lookCalls = [listAll, listTags, getInfo] as const;

const field = { link_id: true, commit_msg: true };
const order = { sort_by: 'mtime', sort_direction: 'desc' };

/** Live notes, the latest change first. */
export const live = (filter: { archive: boolean; parent_id?: string | undefined }) => ({
	...{ filter: { recycle: false, ...filter }, field, ...order },
});

/** Notes in the recycle bin of an account. */
export const trashed = (uid: string) => ({ filter: { recycle: true, archive: false, owner: Number(uid) } });

/** Most readings of one list while it changes under the pages. */
const READINGS = 3;

/**
 * All notes wherever they lie, with their tags, those changed longest ago first. All triggers on notes ask these questions word for
 * word, so that many of them cost one request. Nothing is asked by date: imports and restored notes carry old ones.
 */
export async function allNotes(dsm: Dsm): Promise<Seen[]> {
	const uid = await ownUid(dsm);
	const [tags, now, archive, trash] = await Promise.all([
		tagsByNote(dsm),
		whole(live({ archive: false }), dsm),
		whole(live({ archive: true }), dsm),
		whole({ ...trashed(uid), field, ...order }, dsm),
	]);
	const seen = (place: Place, rows: ComparedNote[]) =>
		rows
			.filter((note) => (note.recycle ?? place === 'trash') === (place === 'trash'))
			.map((note): Seen => ({ note, place, tags: tags.get(note.object_id) ?? [] }));
	return [...seen('live', now), ...seen('archive', archive), ...seen('trash', trash)].sort(
		({ note: a }, { note: b }) => at(a.mtime) - at(b.mtime) || at(a.ctime) - at(b.ctime),
	);
}

const at = (moment: string | undefined): number => timeOf(moment) || 0;

/** A complete list. Where one answer does not hold it, pages follow, anew when the total changed meanwhile. */
async function whole(params: Record<string, unknown>, dsm: Dsm): Promise<ComparedNote[]> {
	for (let reading = 1; ; reading++) {
		const found: ComparedNote[] = [];
		const totals = new Set<number>();
		let last = 1;
		while (last > 0 && (found.length === 0 || found.length < Math.max(...totals))) {
			const page = await dsm.call(listAll, { ...params, ...(found.length > 0 && { offset: found.length }) });
			found.push(...page.rows);
			totals.add(page.total ?? found.length);
			last = page.rows.length;
		}
		if (totals.size <= 1 || reading === READINGS) return found;
	}
}

async function tagsByNote(dsm: Dsm): Promise<Map<string, string[]>> {
	const found = new Map<string, string[]>();
	for (const { title = '', items = [] } of await dsm.list(listTags))
		for (const id of items) found.set(id, [...(found.get(id) ?? []), title].sort());
	return found;
}

const UID = 'note uid';

/** Number of the account, which the recycle bin is asked for by. It stays the same as long as the connection does. */
async function ownUid(dsm: Dsm): Promise<string> {
	const known = dsm.memory.get(UID);
	if (typeof known === 'string') return known;
	const { uid } = await dsm.call(getInfo);
	dsm.memory.set(UID, uid);
	return uid;
}

/** What is shared, apart from what comes from the notebook. */
export function sharing({ acl }: ComparedNote): string {
	const own = JSON.stringify(acl ?? {}, (_, value: unknown) =>
		typeof value === 'object' && value !== null && 'inherit' in value && value.inherit === true ? undefined : value,
	);
	return /"perm"/.test(own) ? digest(own) : '';
}
