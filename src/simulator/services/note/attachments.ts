import { readFile } from 'node:fs/promises';
import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { behaviour, noteOfCall, type NoteCall } from './call';
import { bytesAt } from './disk';
import { tokenOpens } from './encryption';
import { objects, refuse, required, text } from './params';
import type { Attachment, Attachments, Note } from './types';

/** 1x1 GIF of 43 bytes with a transparent colour: what a file that is gone looks like (notestation.md 7.3). */
export const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64');

/** Files of notes (notestation.md 7). */
export const attachmentBehaviours: BehaviourTable = {
	'SYNO.NoteStation.Note.download': behaviour((call) => {
		const note = noteOfCall(call);
		const file_id = required(text(call.params, 'file_id'));
		if (note.encrypt && !tokenOpens(call, note)) return refuse(call.state.switches.passwordCode);
		return fileOf(note, required(text(call.params, 'ver')), file_id);
	}),
};

/** The bytes; a stale `ver` gives a page, a missing file a pixel. */
export function fileOf(note: Note, ver: string, file_id: string): ApiReply {
	if (note.ver !== ver) return { html: '<html><body>Note Station</body></html>', status: 200 };
	const [thumb] = Object.entries(note.attachment).find(([, { type }]) => type === 'image') ?? [];
	const file = note.attachment[file_id === 'thumb' ? (thumb ?? '') : file_id];
	if (!file) return { file: PIXEL, name: 'blank.gif', type: 'image/gif' };
	return { file: file.content, name: file.name, type: typeOf(file) };
}

const typeOf = ({ type, ext }: Attachment): string =>
	type === 'image' ? `image/${ext === 'jpg' ? 'jpeg' : ext}` : type;

/** Files of a note after a `set`: `attachment` lists what to add and to remove. */
export async function changed(call: NoteCall, note: Note): Promise<{ attachment: Attachments; added: Attachments }> {
	const kept = { ...note.attachment };
	const added: Attachments = {};
	for (const wish of objects(call.params, 'attachment') ?? []) {
		if (wish.action === 'delete') delete kept[required(text(wish, 'file_id'))];
		else if (wish.action === 'create') {
			const [file_id, file] = await create(call, wish);
			added[file_id] = file;
		} else refuse(114);
	}
	return { attachment: { ...kept, ...added }, added };
}

/** `raw`: the part of that name; `ds`: a file of the NAS. */
async function create(call: NoteCall, wish: Record<string, unknown>): Promise<[string, Attachment]> {
	const { state, request } = call;
	const name = required(text(wish, 'name'));
	const [ref, source] = [text(wish, 'ref'), text(wish, 'source')];
	const more = { ...(ref !== undefined && { ref }), ...(source !== undefined && { source }) };
	if (wish.format === 'ds') {
		const path = required(text(wish, 'path'));
		return state.attach(name, await bytesAt(call, path), more);
	}
	const part = request.files.find(({ field }) => field === name) ?? refuse(114);
	return state.attach(part.name, await readFile(part.path), { type: part.type, ...more });
}
