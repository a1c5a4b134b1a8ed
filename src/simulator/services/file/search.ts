import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { type Entry, read } from '../../core/volume';
import { type FileCall, guarded, matcher, numberOf, page, textList, textOf } from './call';
import { comparison, rowOf } from './list';
import type { Search } from './types';

export const searchBehaviours: BehaviourTable = {
	'SYNO.FileStation.Search.start': guarded(start),
	'SYNO.FileStation.Search.list': guarded(list),
	'SYNO.FileStation.Search.stop': guarded((call) => each(call, (search) => void (search.stopped = true))),
	'SYNO.FileStation.Search.clean': guarded((call) =>
		each(call, ({ taskid }) => void call.state.searches.delete(taskid)),
	),
};

async function start(call: FileCall): Promise<ApiReply> {
	const { params, state, user, session } = call;
	const folders = textList(params.folder_path);
	if (folders.length === 0) return { error: 400 };
	if (state.searches.size >= state.switches.mostSearches) return { error: 402 };
	const found: Search['found'] = [];
	const fits = criteria(state.switches.plainPatterns ? { ...params, pattern: unstarred(params.pattern) } : params);
	const words =
		params.search_content === true || params.search_content === 'true'
			? textOf(params.pattern)?.replaceAll('*', '')
			: undefined;
	for (const folder of folders) {
		const deep = params.recursive !== false && params.recursive !== 'false';
		for (const one of below(state.folder(user, folder), folder, deep))
			if (await fits(one.entry, words)) found.push(one);
	}
	const taskid = state.tasks.hex();
	state.searches.set(taskid, {
		taskid,
		user: user.name,
		sid: session?.sid ?? '',
		found,
		polls: 0,
		stopped: false,
		lost: state.switches.lostSearches > 0 || (state.switches.discardsSearches && isDiscarded(state.searched++)),
	});
	state.switches.lostSearches = Math.max(0, state.switches.lostSearches - 1);
	return { data: { taskid } };
}

/** Three of five, as on 7.3.2 (4.5), and always the same ones: the first is. */
const isDiscarded = (index: number): boolean => [0, 2, 3].includes(index % 5);

const unstarred = (pattern: unknown): string | undefined => textOf(pattern)?.replace(/[*?]/g, '');

function* below(entry: Entry, path: string, deep: boolean): Generator<{ entry: Entry; path: string }> {
	if (entry.kind !== 'folder') return;
	for (const child of entry.children.values()) {
		if (child.name === '@eaDir') continue;
		const place = `${path}/${child.name}`;
		yield { entry: child, path: place };
		if (deep) yield* below(child, place, deep);
	}
}

const RANGES = ['mtime', 'crtime', 'atime'] as const;

/** Without `filetype`, directories are left out (4.5). */
function criteria(params: Record<string, unknown>): (entry: Entry, words: string | undefined) => Promise<boolean> {
	const matches = matcher(textOf(params.pattern));
	const extensions = (textOf(params.extension) ?? '').toLowerCase().split(',').filter(Boolean);
	const filetype = textOf(params.filetype) ?? 'file';
	const within = (value: number, name: string) => {
		const [from = -Infinity, to = Infinity] = [numberOf(params[`${name}_from`]), numberOf(params[`${name}_to`])];
		return value >= from && value <= to;
	};
	return async (entry, words) => {
		const { kind, name, times, owner } = entry;
		if (filetype !== 'all' && (kind === 'folder') !== (filetype === 'dir')) return false;
		if (extensions.length > 0 && !extensions.includes(name.toLowerCase().replace(/^.*\./, ''))) return false;
		if (textOf(params.owner) !== undefined && params.owner !== owner) return false;
		if (kind === 'file' && !within(entry.size, 'size')) return false;
		if (!RANGES.every((key) => within(Math.floor(times[key] / 1000), key))) return false;
		if (matches(name)) return true;
		return words !== undefined && kind === 'file' && (await read(entry)).includes(words);
	};
}

/** Results grow over two answers. */
function list(call: FileCall): ApiReply {
	const { params, state, user, session } = call;
	if (params.taskid === undefined) return { error: 400 };
	const search = state.searches.get(String(params.taskid));
	const known = search?.user === user.name && search.sid === session?.sid;
	if (search?.lost || (!known && state.switches.discardsSearches)) return { data: { finished: true } };
	if (!search || !known) return { error: 599 };
	search.polls += 1;
	const early = state.switches.prematureSearch && search.polls === 1;
	const finished = early || search.stopped || search.polls > 2;
	const grown =
		early || search.polls === 1
			? 0
			: search.polls === 2 && !search.stopped
				? Math.ceil(search.found.length / 2)
				: search.found.length;
	const matches = matcher(textOf(params.pattern));
	const all = search.found.slice(0, grown).filter(({ entry }) => matches(entry.name));
	const byEntry = comparison(params);
	const { offset, rows } = page(params.sort_by ? all.sort((a, b) => byEntry(a.entry, b.entry)) : all, params);
	return {
		data: { files: rows.map(({ entry, path }) => rowOf(call, entry, path)), finished, offset, total: all.length },
	};
}

/** One id or a list. An unknown one is no error: it is gone either way. */
function each({ params, state }: FileCall, act: (search: Search) => void): ApiReply {
	for (const id of Array.isArray(params.taskid) ? params.taskid : [params.taskid]) {
		const search = state.searches.get(String(id));
		if (search) act(search);
	}
	return {};
}
