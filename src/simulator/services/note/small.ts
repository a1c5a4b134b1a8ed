import type { BehaviourTable } from '../../core/behaviour';
import { behaviour, commitOf, done, noteOfCall, writable } from './call';
import { object, page, refuse, required, text } from './params';
import { GIDS } from './store';
import { noteRow } from './wire';

const SETTINGS = {
	...{ copy_delete_orig: false, font_size: 'normal', inline_thumb: true, pointer_color: 'blue', slide_theme: 'white' },
	...{ search_attachment: false, spell_check: true, todo_due_date_day: 'none' },
	...{ todo_export_info: 'title,subtask,comment', todo_priority: -1, todo_purge: 'none', todo_reminder_offset: -1 },
	...{ todo_reminder_predefined: 'none', todo_reminder_unit: 'hour', todo_reminder_value: 1, todo_show_badge: true },
};

/** Account, settings, tags, shortcuts and version history (notestation.md 4, 6.10, 10). */
export const smallBehaviours: BehaviourTable = {
	'SYNO.NoteStation.Info.get': behaviour(({ me }) => ({
		data: {
			...{ allow_share: true, hash: 'd41d8cd98f00b204e9800998ecf8427e', is_admin: me.administrator },
			...{ search_precisely: false, uid: me.uid, username: me.name },
			version: { major: '2', minor: '2', hotfix: '6', build: '1044' },
		},
	})),
	'SYNO.NoteStation.Setting.init': behaviour(() => done),
	'SYNO.NoteStation.Setting.get': behaviour(({ state, me }) => ({
		data: { ...SETTINGS, ...state.settings.get(me.uid) },
	})),
	'SYNO.NoteStation.Setting.set': behaviour(({ state, me, params }) => {
		const known = Object.entries(params).filter(([name]) => Object.hasOwn(SETTINGS, name));
		for (const [name, value] of known)
			if (typeof value !== typeof SETTINGS[name as keyof typeof SETTINGS]) return refuse(114);
		state.settings.set(me.uid, { ...state.settings.get(me.uid), ...Object.fromEntries(known) });
		return done;
	}),
	'SYNO.NoteStation.Setting.DSM.get': behaviour(() => ({ data: true })),
	'SYNO.NoteStation.Setting.Global.get': behaviour(({ me }) =>
		me.administrator ? { data: { share_mode: 'ddns', vol_path: '/volume1' } } : refuse(105),
	),

	'SYNO.NoteStation.Tag.list': behaviour(({ state, me, params }) => {
		const rows = [...state.tagsOf(me)].map(([title, items]) => ({
			...{ tag_id: `${title}@${me.uid}`, title, category: 'tag', items },
		}));
		return { data: page('tags', rows, params) };
	}),
	// Parameters inferred. A tag that is renamed or deleted changes its notes.
	'SYNO.NoteStation.Tag.set': behaviour((call) => {
		const title = required(text(call.params, 'title'));
		return retag(call, (tags, old) => [...new Set(tags.map((tag) => (tag === old ? title : tag)))]);
	}),
	'SYNO.NoteStation.Tag.delete': behaviour((call) => retag(call, (tags, old) => tags.filter((tag) => tag !== old))),

	'SYNO.NoteStation.Shortcut.list': behaviour(({ state, me, params }) => {
		const rows = (state.shortcuts.get(me.uid) ?? []).flatMap(({ id, category }) => {
			const target = state.notes.get(id) ?? state.notebooks.get(id) ?? state.smarts.get(id);
			const owner = { uid: me.uid, display_name: me.name };
			return target ? [{ id, category, title: target.title, items: null, owner, acl: target.acl ?? {} }] : [];
		});
		return { data: page('shortcuts', rows, params) };
	}),
	'SYNO.NoteStation.Shortcut.set': behaviour(({ state, me, params }) => {
		const one = { id: required(text(params, 'id')), category: required(text(params, 'category')) };
		if (!state.notes.has(one.id) && !state.notebooks.has(one.id) && !state.smarts.has(one.id))
			return refuse(state.switches.missingCode);
		const others = (state.shortcuts.get(me.uid) ?? []).filter(({ id }) => id !== one.id);
		state.shortcuts.set(me.uid, [...others, one]);
		return done;
	}),
	'SYNO.NoteStation.Shortcut.delete': behaviour(({ state, me, params }) => {
		const id = required(text(params, 'id'));
		state.shortcuts.set(
			me.uid,
			(state.shortcuts.get(me.uid) ?? []).filter((one) => one.id !== id),
		);
		return done;
	}),

	'SYNO.NoteStation.Note.Version.list': behaviour((call) => {
		const { params } = call;
		const listable = object(params, 'filter')?.listable;
		const newest = noteOfCall(call).revisions.toReversed();
		const rows = newest
			.filter(({ commit_msg }) => listable === undefined || (commit_msg.listable ?? false) === listable)
			.map(({ ver, mtime, author, commit_msg, last_version }, index) => ({
				...{ id: index + 1, author, mtime, version: ver, commit_msg },
				last_version: last_version === undefined ? [] : [last_version],
			}));
		const { versions = [], ...rest } = page('versions', rows, params);
		return {
			data: { count: (versions as unknown[]).length, ...rest, ...((versions as unknown[]).length > 0 && { versions }) },
		};
	}),
	'SYNO.NoteStation.Note.Version.get': behaviour((call) => ({
		data: noteRow(call.state, { ...noteOfCall(call), ...revision(call) }, call.me),
	})),
	'SYNO.NoteStation.Note.Version.restore': behaviour((call) => {
		const note = writable(call, noteOfCall(call));
		const { ver, mtime, author, commit_msg, last_version, ...body } = revision(call);
		call.state.revise(note, call.me, body, { ...commitOf(call), action: 'restore', listable: true });
		return { data: noteRow(call.state, note, call.me) };
	}),

	'SYNO.NoteStation.Share.Priv.list': behaviour(({ state, params }) => {
		const query = (text(params, 'query') ?? '').toLowerCase();
		const all = [
			...[...state.nas.users.keys()].map((name) => ({ name, type: 'user' })),
			...Object.keys(GIDS).map((name) => ({ name, type: 'group' })),
		];
		return {
			data: page(
				'list',
				all.filter(({ name }) => name.toLowerCase().includes(query)),
				params,
			),
		};
	}),
	// What it tells beside rows whose reminder has come is unknown.
	'SYNO.NoteStation.Todo.list_timeout': behaviour(() => ({ data: { count: 0, offset: 0, total: 0 } })),
};

function revision(call: Parameters<Parameters<typeof behaviour>[0]>[0]) {
	const ver = required(text(call.params, 'ver'));
	return noteOfCall(call).revisions.find((one) => one.ver === ver) ?? refuse(call.state.switches.missingCode);
}

function retag(
	{ state, me, params }: Parameters<Parameters<typeof behaviour>[0]>[0],
	change: (tags: string[], old: string) => string[],
) {
	const old = required(text(params, 'tag_id')).replace(/@\d+$/, '');
	const bearers = state.tagsOf(me).get(old) ?? refuse(state.switches.missingCode);
	for (const id of bearers) {
		const note = state.notes.get(id);
		if (note) note.tag = change(note.tag, old);
	}
	return done;
}
