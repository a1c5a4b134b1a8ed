import type { BehaviourTable } from '../../core/behaviour';
import { behaviour, done, thingOf } from './call';
import { object, page, required, sorted, text } from './params';
import { plain } from './state';
import type { Note, Smart } from './types';
import { listRow } from './wire';

/** Full-text search and smart notebooks (notestation.md 10). */
export const searchBehaviours: BehaviourTable = {
	'SYNO.NoteStation.FTS.search': behaviour(({ state, me, params }) => {
		const keyword = text(params, 'keyword') ?? '';
		const found = state.visibleNotes(me).filter((note) => !note.recycle && matches(note, keyword));
		const rows = found.map((note) => listRow(state, note, me));
		return { data: page('notes', sorted(rows, params), params) };
	}),
	'SYNO.NoteStation.Smart.list': behaviour(({ state, me, params }) => {
		const own = [...state.smarts.values()].filter(({ owner }) => owner === me.uid);
		const rows = own.map(({ query, owner, ...facts }) => ({
			...{ ...facts, category: 'smart', perm: 'owner', acl: facts.acl ?? {} },
			owner: { uid: owner, display_name: me.name },
		}));
		return { data: page('smarts', sorted(rows, params), params) };
	}),
	'SYNO.NoteStation.Smart.get': behaviour((call) => {
		const { owner, ...facts } = thingOf(call, call.state.smarts);
		return { data: { ...facts, category: 'smart', perm: 'owner', owner: { uid: owner, display_name: call.me.name } } };
	}),
	'SYNO.NoteStation.Smart.create': behaviour(({ state, me, params }) => {
		const smart: Smart = {
			...state.thing(me, required(text(params, 'title'))),
			query: required(object(params, 'query')),
		};
		state.smarts.set(smart.object_id, smart);
		return { data: { object_id: smart.object_id, link_id: smart.link_id } };
	}),
	'SYNO.NoteStation.Smart.set': behaviour((call) => {
		const smart = thingOf(call, call.state.smarts);
		smart.title = text(call.params, 'title') ?? smart.title;
		smart.query = object(call.params, 'query') ?? smart.query;
		return done;
	}),
	'SYNO.NoteStation.Smart.delete': behaviour((call) => {
		call.state.smarts.delete(thingOf(call, call.state.smarts).object_id);
		return done;
	}),
};

/** All words, or the exact phrase between quotes; title and text, capitals or not. Encrypted text is not searched. */
function matches(note: Note, keyword: string): boolean {
	const text = `${note.title}\n${note.encrypt ? '' : plainText(note)}`.toLowerCase();
	const phrase = /^"(.*)"$/s.exec(keyword)?.[1];
	const words = phrase === undefined ? keyword.split(/\s+/).filter(Boolean) : [phrase];
	return words.every((word) => text.includes(word.toLowerCase()));
}

const plainText = ({ content, brief }: Note): string =>
	`${brief}\n${content.replace(/<[^>]*>/g, ' ')}\n${plain(content)}`;

/** Tags of the query are `name@uid`. */
export function matchesSmart(note: Note, { query, owner }: Smart): boolean {
	if (note.owner !== owner) return false;
	if (query.keyword && !matches(note, query.keyword)) return false;
	if (query.title && !note.title.toLowerCase().includes(query.title.toLowerCase())) return false;
	if (query.parent_id?.length && !query.parent_id.includes(note.parent_id)) return false;
	const wanted = (query.tag ?? []).map((tag) => tag.replace(/@\d+$/, ''));
	if (wanted.length === 0) return true;
	const has = (tag: string) => note.tag.includes(tag);
	return query.tag_operator === 'or' ? wanted.some(has) : wanted.every(has);
}
