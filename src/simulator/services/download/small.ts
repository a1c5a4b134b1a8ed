import type { ApiReply, Behaviour, BehaviourTable } from '../../core/behaviour';
import { type DownloadCall, guarded, listOf, needed, page, textOf, typed } from './call';
import { DownloadRefusal, type Site } from './state';

const seconds = (at: number): number => Math.floor(at / 1000);

function config({ state, user }: DownloadCall): ApiReply {
	return { data: { ...state.config, default_destination: state.defaults.get(user.name) ?? null } };
}

function setConfig(call: DownloadCall): ApiReply {
	const { state, user, params } = call;
	for (const [name, value] of Object.entries(params)) {
		if (name === 'default_destination') state.defaults.set(user.name, state.destinationOf(user, String(value)));
		else if (Object.hasOwn(state.config, name))
			state.config[name] = typeof state.config[name] === 'boolean' ? value === 'true' : Number(value);
	}
	return {};
}

function setSchedule({ state, params }: DownloadCall): ApiReply {
	for (const name of ['enabled', 'emule_enabled'] as const)
		if (params[name] !== undefined) state.schedule[name] = params[name] === 'true';
	return {};
}

function speeds({ state, user }: DownloadCall): ApiReply {
	const active = state.of(user).filter((task) => task.state === 'downloading').length;
	return { data: { speed_download: active * state.switches.bytesPerSecond, speed_upload: 0 } };
}

function startSearch(call: DownloadCall): ApiReply {
	const taskid = call.state.token('bts');
	const keyword = needed(textOf(call, 'keyword'));
	const engines = listOf(call, 'module');
	needed(engines[0]);
	const isKnown = (one: string) => ['all', 'enabled', 'm1'].includes(one);
	if (!engines.every(isKnown)) return { error: 401 };
	call.state.searches.set(taskid, { keyword, polls: 0 });
	return { data: { taskid } };
}

/** Results grow; the second look finds it finished. */
function searchList(call: DownloadCall): ApiReply {
	const id = textOf(call, 'taskid');
	if (id === undefined) return { data: { finished: true, items: [], offset: 0, total: 0 } };
	const search = call.state.searches.get(id);
	if (!search) return { error: 404 };
	search.polls += 1;
	const finished = search.polls > 1;
	const items = Array.from({ length: finished ? 3 : 1 }, (_, n) => ({
		date: `2026-01-0${n + 1}`,
		download_uri: `magnet:?xt=urn:btih:${n}&dn=${search.keyword}-${n}`,
		external_link: '',
		leechs: n,
		module_id: 'm1',
		module_title: 'Example',
		peers: n + 1,
		seeds: 30 - n * 10,
		size: String(1_000_000 * (n + 1)),
		title: `${search.keyword} ${n}`,
	}));
	const { offset, rows, total } = page(call, items);
	return { data: { finished, items: rows, offset, total } };
}

const siteRow = ({ id, title, url, updatedAt }: Site) => ({
	id,
	is_updating: false,
	last_update: seconds(updatedAt),
	title,
	url,
	username: 'alice',
});

function feed(call: DownloadCall): ApiReply {
	const id = Number(needed(textOf(call, 'id')));
	const site = call.state.sites.find((one) => one.id === id);
	if (!site) return { error: 404 };
	const { offset, rows, total } = page(call, site.items);
	const feeds = rows.map(({ title, uri, at }) => ({
		download_uri: uri,
		external_link: '',
		size: '0',
		time: seconds(at),
		title,
	}));
	return { data: { feeds, offset, total } };
}

function refresh(call: DownloadCall): ApiReply {
	const wanted = listOf(call, 'id');
	needed(wanted[0]);
	for (const site of call.state.sites)
		if (wanted[0] === 'ALL' || wanted.includes(String(site.id))) site.updatedAt = call.state.now();
	return {};
}

function addFeed(call: DownloadCall): ApiReply {
	const url = typed(call, 'url', 'string') as string;
	const id = Number(call.state.token('').replace(/\D/g, '')) + 100;
	call.state.sites.push({ id, title: url, url, updatedAt: call.state.now(), items: [] });
	return {};
}

function deleteFeed({ state, params }: DownloadCall): ApiReply {
	const wanted = [params.id].flat().map(Number);
	const at = state.sites.findIndex(({ id }) => wanted.includes(id));
	if (at < 0) return { error: 404 };
	state.sites.splice(at, 1);
	return {};
}

/** Areas where what is left out stays; all others are replaced as a whole (downloadstation.md 5.4). */
const PARTIAL = new Set(['AutoExtraction', 'Nzb']);
/** Open to everybody, by the probe of a device. */
const OPEN = new Set(['AutoExtraction']);

const blank = (value: unknown) =>
	typeof value === 'number' ? 0 : typeof value === 'boolean' ? false : Array.isArray(value) ? [] : '';

const settings = (area: string): BehaviourTable => ({
	[`SYNO.DownloadStation2.Settings.${area}.get`]: guarded(({ state }) => ({ data: state.settings[area] }), {
		admin: !OPEN.has(area),
	}),
	[`SYNO.DownloadStation2.Settings.${area}.set`]: guarded(
		(call) => {
			const known = call.state.settings[area] ?? {};
			if ('schedule' in known && !/^\d{168}$/.test(String(typed(call, 'schedule', 'string'))))
				throw new DownloadRefusal(120, { name: 'schedule', reason: 'condition' });
			call.state.settings[area] = Object.fromEntries(
				Object.entries(known).map(([name, value]) => [
					name,
					call.params[name] ?? (PARTIAL.has(area) ? value : blank(value)),
				]),
			);
			return {};
		},
		{ admin: !OPEN.has(area) },
	),
});

function location({ state, user }: DownloadCall): ApiReply {
	return {
		data: {
			default_destination: state.defaults.get(user.name) ?? '',
			enable_delete_torrent_nzb_watch: false,
			enable_torrent_nzb_watch: false,
			torrent_nzb_watch_folder: '(null)',
		},
	};
}

/** The default cannot be cleared, and the sign for "none" may not come back. */
function setLocation(call: DownloadCall): ApiReply {
	const { state, user, params } = call;
	if (params.torrent_nzb_watch_folder === '(null)') throw new DownloadRefusal(522);
	if (params.default_destination === '') throw new DownloadRefusal(501);
	if (params.default_destination !== undefined) {
		const wanted = typed(call, 'default_destination', 'string') as string;
		state.defaults.set(user.name, state.destinationOf(user, wanted));
	}
	return {};
}

function setEmule(call: DownloadCall): ApiReply {
	const { state, user } = call;
	const wanted = typed(call, 'default_destination', 'string') as string;
	if (wanted === '') throw new DownloadRefusal(501);
	state.emuleDefaults.set(user.name, state.destinationOf(user, wanted));
	return {};
}

const FILTER = 'SYNO.DownloadStation2.RSS.Filter';

function listFilters(call: DownloadCall): ApiReply {
	const feed = typed(call, 'feed_id', 'number');
	const { offset, rows, total } = page(
		call,
		call.state.filters.filter(({ feed_id }) => feed_id === feed),
	);
	return { data: { filters: rows, offset, total } };
}

function addFilter(call: DownloadCall): ApiReply {
	const { state, user } = call;
	const text = (name: string) => typed(call, name, 'string') as string;
	const feed_id = typed(call, 'feed_id', 'number') as number;
	if (!state.sites.some(({ id }) => id === feed_id)) return { error: 404 };
	state.filters.push({
		id: (state.filters.at(-1)?.id ?? 0) + 1,
		feed_id,
		name: text('name'),
		match: text('match'),
		not_match: text('not_match'),
		destination: state.destinationOf(user, text('destination')),
		is_regex: typed(call, 'is_regex', 'boolean') as boolean,
	});
	return {};
}

function deleteFilters(call: DownloadCall): ApiReply {
	const wanted = (typed(call, 'id', 'array') as unknown[]).map(Number);
	const { filters } = call.state;
	const kept = filters.filter(({ id }) => !wanted.includes(id));
	if (kept.length === filters.length) return { error: 404 };
	filters.splice(0, Infinity, ...kept);
	return {};
}

const DS1 = 'SYNO.DownloadStation';
const ok: Behaviour = guarded(() => ({}));

export const smallBehaviours: BehaviourTable = {
	[`${DS1}.Info.getinfo`]: guarded(({ user }) => ({
		data: { is_manager: user.administrator, version: 4720, version_string: '4.0.3-4720' },
	})),
	[`${DS1}.Info.getconfig`]: guarded(config, { admin: true }),
	[`${DS1}.Info.setserverconfig`]: guarded(setConfig, { admin: true }),
	[`${DS1}.Schedule.getconfig`]: guarded(({ state }) => ({ data: state.schedule }), { admin: true }),
	[`${DS1}.Schedule.setconfig`]: guarded(setSchedule, { admin: true }),
	[`${DS1}.Statistic.getinfo`]: guarded(speeds),
	[`${DS1}.BTSearch.start`]: guarded(startSearch),
	[`${DS1}.BTSearch.list`]: guarded(searchList),
	[`${DS1}.BTSearch.clean`]: ok,
	[`${DS1}.BTSearch.getCategory`]: guarded(() => ({ data: { categories: [{ id: '_allcat_', title: 'All' }] } })),
	[`${DS1}.BTSearch.getModule`]: guarded(() => ({
		data: { modules: [{ enabled: true, id: 'm1', title: 'Example' }] },
	})),
	[`${DS1}.RSS.Site.list`]: guarded((call) => {
		const { offset, rows, total } = page(call, call.state.sites);
		return { data: { offset, sites: rows.map(siteRow), total } };
	}),
	[`${DS1}.RSS.Site.refresh`]: guarded(refresh),
	[`${DS1}.RSS.Feed.list`]: guarded(feed),
	'SYNO.DownloadStation2.RSS.Feed.add': guarded(addFeed),
	'SYNO.DownloadStation2.RSS.Feed.delete': guarded(deleteFeed),
	[`${FILTER}.list`]: guarded(listFilters),
	[`${FILTER}.add`]: guarded(addFilter),
	[`${FILTER}.delete`]: guarded(deleteFilters),
	...settings('AutoExtraction'),
	...settings('BT'),
	...settings('FtpHttp'),
	...settings('Global'),
	...settings('Nzb'),
	...settings('Rss'),
	...settings('Scheduler'),
	'SYNO.DownloadStation2.Settings.Location.get': guarded(location),
	'SYNO.DownloadStation2.Settings.Location.set': guarded(setLocation),
	'SYNO.DownloadStation2.Settings.Emule.Location.get': guarded(({ state, user }) => ({
		data: { default_destination: state.emuleDefaults.get(user.name) ?? '' },
	})),
	'SYNO.DownloadStation2.Settings.Emule.Location.set': guarded(setEmule),
};
