import type { ApiReply } from '../../core/behaviour';
import type { Nas } from '../../core/nas';
import { ticketOf } from '../../core/behaviours/tickets';
import { fileOf } from './attachments';
import { noteOf } from './state';

const PAGE: ApiReply = { html: '<!DOCTYPE html><html><body>Note Station</body></html>', status: 200 };

/**
 * Static addresses of files in notes, `/<alias>/ns/dv/<link_id>/<ver>/<file_id>/<name>`, with a ticket or the cookie of a session; a
 * sid alone does not count. Without either, and for an old `ver`, a page comes with 200 (notestation.md 7.3). Undefined: another path.
 */
export function notePortal(
	nas: Nas,
	path: string,
	query: URLSearchParams,
	sid: string | undefined,
): ApiReply | undefined {
	const match = /^\/\w+\/ns\/dv\/(\w+)\/(\w+)\/([\w-]+)(?:\/[^/]*)?$/.exec(path);
	if (!match) return undefined;
	const [, link_id = '', ver = '', file_id = ''] = match;
	const state = noteOf(nas);
	const user = ticketOf(nas, query.get('tid') ?? '', 'SYNO.NoteStation.Note') ?? nas.sessions.get(sid ?? '')?.user;
	const note = [...state.notes.values()].find((one) => one.link_id === link_id);
	if (!user || !note || state.permOf(note, user) === undefined) return PAGE;
	return fileOf(note, ver, query.get('thumb') === 'true' ? 'thumb' : file_id);
}
