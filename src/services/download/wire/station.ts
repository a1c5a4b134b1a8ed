import { call, repeatable } from '../../../catalog/wire';
import { field, row } from '../../../catalog/row';
import { z } from '../../../vendor/zod';
import { DOSSIER } from './tasks';

const read = { readOnly: true } as const;
const guide = { basis: 'guide', source: `${DOSSIER} 4` } as const;

export const getInfo = call('SYNO.DownloadStation.Info', 'getinfo', 2, {
	answer: row({ version_string: field.text(), is_manager: field.flag().optional() }),
	...read,
	...guide,
});
/** Limits are KB per second; 0: none. */
export const getConfig = call('SYNO.DownloadStation.Info', 'getconfig', 2, {
	answer: row({
		bt_max_download: field.number().optional(),
		bt_max_upload: field.number().optional(),
		default_destination: field.text().nullable().optional(),
		emule_enabled: field.flag().optional(),
		emule_max_download: field.number().optional(),
		emule_max_upload: field.number().optional(),
		ftp_max_download: field.number().optional(),
		http_max_download: field.number().optional(),
		nzb_max_download: field.number().optional(),
		unzip_service_enabled: field.flag().optional(),
	}),
	...read,
	...guide,
});
export const setConfig = repeatable(call('SYNO.DownloadStation.Info', 'setserverconfig', 2, guide));
export const getSchedule = call('SYNO.DownloadStation.Schedule', 'getconfig', 1, {
	answer: row({ enabled: field.flag(), emule_enabled: field.flag().optional() }),
	...read,
	...guide,
});
export const setSchedule = repeatable(call('SYNO.DownloadStation.Schedule', 'setconfig', 1, guide));
/** Bytes per second. */
export const getSpeeds = call('SYNO.DownloadStation.Statistic', 'getinfo', 1, {
	answer: row({
		speed_download: field.number(),
		speed_upload: field.number(),
		emule_speed_download: field.number().optional(),
		emule_speed_upload: field.number().optional(),
	}),
	...read,
	...guide,
});

const BT = 'SYNO.DownloadStation.BTSearch';
export const startSearch = call(BT, 'start', 1, { answer: z.object({ taskid: field.id() }), ...guide });
export const searchResult = row(
	{
		title: field.text(),
		download_uri: field.text(),
		external_link: field.text().optional(),
		size: field.bytes().optional(),
		date: field.text().optional(),
		peers: field.number().optional(),
		seeds: field.number().optional(),
		leechs: field.number().optional(),
		module_id: field.id().optional(),
		module_title: field.text().optional(),
	},
	{},
);
export const listResults = call(BT, 'list', 1, {
	list: 'items',
	of: searchResult,
	also: { finished: field.flag() },
	...read,
	...guide,
});
export const cleanSearch = call(BT, 'clean', 1, guide);
const titled = { id: field.id(), title: field.text() };
export const listCategories = call(BT, 'getCategory', 1, { list: 'categories', of: row(titled), ...read, ...guide });
export const listModules = call(BT, 'getModule', 1, {
	list: 'modules',
	of: row({ ...titled, enabled: field.flag().optional() }),
	...read,
	...guide,
});

/** `site` in one example of the guide (downloadstation.md 4). */
export const listSites = call('SYNO.DownloadStation.RSS.Site', 'list', 1, {
	list: ['sites', 'site'],
	of: row({
		id: field.id(),
		title: field.text(),
		url: field.text(),
		username: field.text().optional(),
		is_updating: field.flag().optional(),
		last_update: field.secondsOrNever().optional(),
	}),
	page: 500,
	...read,
	...guide,
});
export const refreshSite = repeatable(call('SYNO.DownloadStation.RSS.Site', 'refresh', 1, guide));
export const rssItem = row({
	title: field.text(),
	download_uri: field.text(),
	external_link: field.text().optional(),
	size: field.bytes().optional(),
	time: field.secondsOrNever().optional(),
});
export const listItems = call('SYNO.DownloadStation.RSS.Feed', 'list', 1, {
	list: 'feeds',
	of: rssItem,
	page: 500,
	...read,
	...guide,
});
const feeds = { basis: 'clients', source: `${DOSSIER} 5.3` } as const;
export const addFeed = call('SYNO.DownloadStation2.RSS.Feed', 'add', 1, feeds);
export const deleteFeed = repeatable(call('SYNO.DownloadStation2.RSS.Feed', 'delete', 1, feeds), { done: [] });

const FILTER = 'SYNO.DownloadStation2.RSS.Filter';
/** No source shows an answer: rows are taken to hold what was added, under the name that other lists of the family have. */
const unseen = { ...feeds, basis: 'inferred' } as const;
export const listFilters = call(FILTER, 'list', 1, {
	list: ['filters', 'filter'],
	of: row({
		id: field.id(),
		feed_id: field.id().optional(),
		name: field.text(),
		match: field.text().optional(),
		not_match: field.text().optional(),
		destination: field.text().optional(),
		is_regex: field.flag().optional(),
	}),
	...read,
	...unseen,
});
export const addFilter = call(FILTER, 'add', 1, feeds);
export const deleteFilter = repeatable(call(FILTER, 'delete', 1, unseen), { done: [] });

const live = { basis: 'capture', source: `${DOSSIER} 5.4` } as const;
const settings = <S extends z.ZodRawShape>(area: string, fields: S) => ({
	get: call(`SYNO.DownloadStation2.Settings.${area}`, 'get', 1, { answer: z.looseObject(fields), ...read, ...live }),
	set: repeatable(call(`SYNO.DownloadStation2.Settings.${area}`, 'set', 1, live)),
});
export const bt = settings('BT', {
	tcp_port: field.number().optional(),
	max_download_rate: field.number().optional(),
	max_upload_rate: field.number().optional(),
	max_peer: field.number().optional(),
	seeding_ratio: field.number().optional(),
	seeding_interval: field.number().optional(),
	enable_seeding_auto_remove: field.flag().optional(),
});
export const ftpHttp = settings('FtpHttp', {
	ftp_http_max_download_rate: field.number().optional(),
	enable_ftp_max_conn: field.flag().optional(),
	ftp_max_conn: field.number().optional(),
});
export const scheduler = settings('Scheduler', {
	enable_schedule: field.flag().optional(),
	max_tasks: field.number().optional(),
	max_tasks_limit: field.number().optional(),
	download_rate: field.number().optional(),
	upload_rate: field.number().optional(),
	order: field.text().optional(),
	schedule: field.text().optional(),
});
export const location = settings('Location', {
	default_destination: field.text().optional(),
	enable_torrent_nzb_watch: field.flag().optional(),
	enable_delete_torrent_nzb_watch: field.flag().optional(),
	torrent_nzb_watch_folder: field.text().optional(),
});
/** Partial: what is not sent stays, the password of the server among it (downloadstation.md 5.4). */
export const nzb = settings('Nzb', {
	server: field.text().optional(),
	port: field.number().optional(),
	username: field.text().optional(),
	enable_auth: field.flag().optional(),
	enable_encryption: field.flag().optional(),
	conn_per_download: field.number().optional(),
	max_download_rate: field.number().optional(),
	enable_parchive: field.flag().optional(),
	enable_remove_parfiles: field.flag().optional(),
});
const EXTRACTION = 'SYNO.DownloadStation2.Settings.AutoExtraction';
/** Partial as well. The passwords of archives go no further. */
export const autoExtraction = {
	get: call(EXTRACTION, 'get', 1, {
		answer: z
			.looseObject({
				enable_unzip: field.flag().optional(),
				enable_unzip_service: field.flag().optional(),
				unzip_location: field.text().optional(),
				unzip_to_path: field.text().optional(),
				unzip_overwrite: field.flag().optional(),
				create_subfolder: field.flag().optional(),
				delete_archive: field.flag().optional(),
				username: field.text().optional(),
			})
			.transform(({ passwords: _, ...rest }) => rest),
		...read,
		...live,
	}),
	set: repeatable(call(EXTRACTION, 'set', 1, live)),
};
/** Minutes between two readings of the feeds. */
export const rss = settings('Rss', { update_interval: field.number() });
/** Of the account, as the default destination of other downloads. */
export const emuleLocation = settings('Emule.Location', { default_destination: field.text().optional() });
