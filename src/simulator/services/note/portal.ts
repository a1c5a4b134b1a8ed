import type { ApiReply } from '../../core/behaviour';
import { ticketOf } from '../../core/behaviours/tickets';
import type { Page, Visitor } from '../../core/service';
import { fileOf } from './attachments';
import { noteOf } from './state';

const PAGE: ApiReply = { html: '<!DOCTYPE html><html><body>Note Station</body></html>', status: 200 };

/**
 * Static addresses of files in notes, `/<alias>/ns/dv/<link_id>/<ver>/<file_id>/<name>`, with a ticket or the cookie of a session; a
 * sid alone does not count. Without either, and for an old `ver`, a page comes with 200 (notestation.md 7.3).
 */
export const notePage: Page = { path: /^\/\w+\/ns\/dv\/(\w+)\/(\w+)\/([\w-]+)(?:\/[^/]*)?$/, answer };

function answer({ nas, parts, query, sid }: Visitor): ApiReply {
	const [, link_id = '', ver = '', file_id = ''] = parts;
	const state = noteOf(nas);
	const user = ticketOf(nas, query.get('tid') ?? '', 'SYNO.NoteStation.Note') ?? nas.sessions.get(sid ?? '')?.user;
	const note = [...state.notes.values()].find((one) => one.link_id === link_id);
	if (!user || !note || state.permOf(note, user) === undefined) return PAGE;
	return fileOf(note, ver, query.get('thumb') === 'true' ? 'thumb' : file_id);
}
