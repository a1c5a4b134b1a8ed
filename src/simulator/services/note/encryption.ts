import { createDecipheriv, createHash } from 'node:crypto';
import type { BehaviourTable } from '../../core/behaviour';
import { behaviour, done, noteOfCall, type NoteCall } from './call';
import { number, refuse, required, text } from './params';
import type { Note } from './types';

const MARK = 'NoTeStAtIoNMaGic';

/** Unlock tokens (notestation.md 8). */
export const encryptionBehaviours: BehaviourTable = {
	'SYNO.NoteStation.Note.Encrypt.create': behaviour((call) => {
		const { state, params } = call;
		const note = noteOfCall(call);
		const password = required(text(params, 'password'));
		const until = state.now() + (number(params, 'duration') ?? 120);
		const fits =
			note.password === undefined ? plainOf(note.content, password) !== undefined : note.password === password;
		if (!note.encrypt || !fits) return refuse(state.switches.passwordCode);
		const token = `${state.ids.token(11)}G${until}`;
		state.tokens.set(token, { object_id: note.object_id, until, valid: true });
		note.password = password;
		return { data: { token } };
	}),
	'SYNO.NoteStation.Note.Encrypt.check': behaviour((call) =>
		tokenOpens(call, noteOfCall(call)) ? done : refuse(call.state.switches.passwordCode),
	),
	'SYNO.NoteStation.Note.Encrypt.delete': behaviour((call) => {
		noteOfCall(call);
		call.state.tokens.delete(required(text(call.params, 'token')));
		return done;
	}),
};

/** Whether the call has a token that opens the note just now. */
export function tokenOpens({ state, params }: NoteCall, { object_id }: Note): boolean {
	const known = state.tokens.get(text(params, 'token') ?? '');
	return known?.object_id === object_id && known.until >= state.now();
}

/** The note as `get` shows it: with a token plain text, where the switch says so. */
export function unlocked(call: NoteCall, note: Note): Note {
	if (!note.encrypt || !call.state.switches.decryptsForToken || !tokenOpens(call, note)) return note;
	return { ...note, content: plainOf(note.content, note.password ?? '') ?? note.content };
}

/** Plain text of what a browser encrypted; undefined for a wrong password. */
export function plainOf(content: string, password: string): string | undefined {
	const bytes = Buffer.from(content, 'base64');
	if (bytes.subarray(0, 8).toString('latin1') !== 'Salted__') return undefined;
	const secret = Buffer.concat([Buffer.from(password), bytes.subarray(8, 16)]);
	let derived = Buffer.alloc(0);
	for (let block = Buffer.alloc(0); derived.length < 48; derived = Buffer.concat([derived, block]))
		block = createHash('md5')
			.update(Buffer.concat([block, secret]))
			.digest();
	const decipher = createDecipheriv('aes-256-cbc', derived.subarray(0, 32), derived.subarray(32, 48));
	try {
		const text = Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString('utf8');
		return text.startsWith(MARK) ? text.slice(MARK.length) : undefined;
	} catch {
		return undefined;
	}
}
