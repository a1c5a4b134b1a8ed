import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { changed } from './attachments';
import { behaviour, commitOf, done, noteOfCall, thingsOf, writable, type NoteCall } from './call';
import { flag, ids, number, object, page, refuse, required, sorted, text, texts } from './params';
import { matchesSmart } from './search';
import { tokenOpens, unlocked } from './encryption';
import type { Note } from './types';
import { attachmentRows, listRow, noteRow, thumbRow } from './wire';

/** Notes (notestation.md 6). */
export const noteBehaviours: BehaviourTable = {
	'SYNO.NoteStation.Note.list': behaviour(list),
	'SYNO.NoteStation.Note.get': behaviour(get),
	'SYNO.NoteStation.Note.create': behaviour(create),
	'SYNO.NoteStation.Note.set': behaviour(set),
	'SYNO.NoteStation.Note.delete': behaviour((call) => {
		// The default of `recycle` is unknown: asked for.
		const recycle = required(flag(call.params, 'recycle'));
		for (const note of thingsOf(call, call.state.notes).map((one) => writable(call, one))) {
			if (recycle) call.state.trash(note);
			else call.state.purge(note);
		}
		return done;
	}),
	'SYNO.NoteStation.Note.restore': behaviour((call) => {
		for (const note of thingsOf(call, call.state.notes)) call.state.restore(note);
		return done;
	}),
	'SYNO.NoteStation.Note.copy': behaviour(copy),
};

/** Without a filter, trashed and archived notes are included. */
function list(call: NoteCall): ApiReply {
	const { state, me, params } = call;
	const filter = object(params, 'filter') ?? {};
	const field = object(params, 'field') ?? {};
	const parents = [ids(filter, 'parent_id') ?? []].flat();
	const smart = text(params, 'perm_from') === 'smart' ? state.smarts.get(text(params, 'smart_id') ?? '') : undefined;
	const link_id = text(params, 'link_id');
	const stack = text(params, 'stack');
	const wanted = state.visibleNotes(me).filter((note) => {
		if (filter.recycle !== undefined && filter.recycle !== note.recycle) return false;
		if (filter.archive !== undefined && filter.archive !== state.isArchived(note)) return false;
		if (parents.length > 0 && !parents.includes(note.parent_id)) return false;
		if (filter.owner !== undefined && filter.owner !== note.owner) return false;
		if (link_id !== undefined && link_id !== note.link_id) return false;
		if (stack !== undefined && state.notebooks.get(note.parent_id)?.stack !== stack) return false;
		return !smart || matchesSmart(note, smart);
	});
	const rows = wanted.map((note) => listRow(state, note, me, field));
	return { data: page('notes', sorted(rows, params), params, state.switches.defaultLimit) };
}

/** `ver` reads an older revision. */
function get(call: NoteCall): ApiReply {
	const { state, me, params } = call;
	const note = noteOfCall(call);
	const ver = text(params, 'ver');
	const revision = ver === undefined ? undefined : note.revisions.find((one) => one.ver === ver);
	if (ver !== undefined && !revision) return refuse(state.switches.missingCode);
	return { data: noteRow(state, unlocked(call, { ...note, ...revision }), me) };
}

/** The answer shows an empty body although the body was saved (notestation.md 6.4). `brief` stays as given. */
function create(call: NoteCall): ApiReply {
	const { state, me, params } = call;
	const parent = state.notebooks.get(required(text(params, 'parent_id'))) ?? refuse(state.switches.missingCode);
	if (!state.permOf(parent, me)) return refuse(state.switches.missingCode);
	const now = state.now();
	const note = state.addNote(
		me,
		parent.object_id,
		{ ...bodyOf(call), title: required(text(params, 'title')), ...timesOf(call, now) },
		commitOf(call),
	);
	return { data: { ...noteRow(state, note, me), content: '<div></div>' } };
}

const timesOf = ({ params }: NoteCall, now: number) => ({
	ctime: number(params, 'ctime') ?? now,
	mtime: number(params, 'mtime') ?? now,
});

/** Fields of a note that a write names; absent ones stay as they are. */
function bodyOf({ params }: NoteCall): Partial<Note> {
	const fields = {
		...{ title: text(params, 'title'), content: text(params, 'content'), brief: text(params, 'brief') },
		...{ tag: texts(params, 'tag'), encrypt: flag(params, 'encrypt'), source_url: text(params, 'source_url') },
		...{ latitude: number(params, 'latitude'), longitude: number(params, 'longitude') },
		...{ location: text(params, 'location') },
	};
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Note>;
}

/** Partial row per note; with `check_conflict` a stale `ver` is refused (notestation.md 6.5). */
async function set(call: NoteCall): Promise<ApiReply> {
	const { state, me, params, request } = call;
	const { query, bodyKind } = request.http;
	if (bodyKind === 'multipart' && !(query.api && query.version && query.method)) return refuse(108);
	const notes = thingsOf(call, state.notes).map((note) => writable(call, note));
	const ver = text(params, 'ver');
	const refuseStale = () => {
		const isStale = notes.some((note) => ver !== undefined && ver !== note.ver);
		if (flag(params, 'check_conflict') && isStale) refuse(state.switches.conflictCode);
	};
	refuseStale();
	const parent_id = text(params, 'parent_id');
	if (parent_id !== undefined && !state.notebooks.has(parent_id)) return refuse(state.switches.missingCode);
	const data: unknown[] = [];
	for (const note of notes) {
		const { attachment, added } = await changed(call, note);
		// Another call may have come first while the files were put away.
		if (note === notes[0]) refuseStale();
		state.revise(
			note,
			me,
			{ ...bodyOf(call), ...(parent_id !== undefined && { parent_id }), attachment },
			commitOf(call),
		);
		const { object_id, ver: fresh, mtime, link_id } = note;
		data.push({
			...{ object_id, ver: fresh, mtime, link_id },
			...{ attachment: attachmentRows(added), thumb: thumbRow(note.attachment) },
		});
	}
	return { data: { data } };
}

/** A new note with the values given, and the files of the source. */
function copy(call: NoteCall): ApiReply {
	const { state, me, params } = call;
	const source = noteOfCall(call);
	if (source.encrypt && source.password !== undefined) {
		const old = text(params, 'old_password');
		if (old !== source.password && !tokenOpens(call, source)) return refuse(state.switches.passwordCode);
	}
	const parent_id = text(params, 'parent_id') ?? source.parent_id;
	if (!state.notebooks.has(parent_id)) return refuse(state.switches.missingCode);
	const { content, brief, tag, encrypt, source_url, latitude, longitude, location, attachment } = source;
	const password = text(params, 'new_password');
	const given = bodyOf(call);
	const title = `${given.title ?? source.title}${text(params, 'title_postfix') ?? ''}`;
	const note = state.addNote(
		me,
		parent_id,
		{
			...{ content, brief, tag, encrypt, source_url, latitude, longitude, location, attachment, ...given, title },
			...(password !== undefined && { password }),
		},
		commitOf(call),
	);
	return { data: noteRow(state, note, me) };
}
