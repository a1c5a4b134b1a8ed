import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { needed_destination, new_destination } from '../fields';
import {
	bt,
	ftpHttp,
	getConfig,
	getInfo,
	getSchedule,
	getSpeeds,
	location,
	scheduler,
	setConfig,
	setSchedule,
} from '../wire/station';

const flag = (title: string, description: string) => z.boolean().optional().meta({ title, description });
const count = (title: string, description: string) =>
	z.coerce.number<number | string>().int().min(0).optional().meta({ title, description });
/** Settings of which at least one is given. */
const changesOf = <S extends z.ZodRawShape>(shape: S) =>
	z.object(shape).refine((values) => Object.values(values).some((value) => value !== undefined), {
		message: 'There is nothing to change: give at least one setting',
		path: [],
	});
/** What was given of something that keeps the rest. */
const given = (values: object): Record<string, unknown> =>
	Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

const get = operation({
	title: 'Get the state of the package',
	summary: 'Gives the release of Download Station and whether the account manages it.',
	call: getInfo,
	params: z.object({}),
});
const speeds = operation({
	title: 'Get the speeds',
	summary: 'Gives the bytes per second that are downloaded and uploaded now.',
	call: getSpeeds,
	params: z.object({}),
});
const config = operation({
	title: 'Get the settings',
	summary: 'Gives limits, default destination and services of Download Station. Needs an administrator.',
	right: 'administrator',
	call: getConfig,
	params: z.object({}),
});
const limit = (what: string) => count(what, 'KB per second, 0: no limit; as it is when empty');
const updateConfig = operation({
	title: 'Update the settings',
	summary: 'Changes limits and services of Download Station; what is not given stays. Needs an administrator.',
	right: 'administrator',
	call: setConfig,
	params: changesOf({
		bt_max_download: limit('Torrent Download'),
		bt_max_upload: limit('Torrent Upload'),
		http_max_download: limit('Web Download'),
		ftp_max_download: limit('FTP Download'),
		nzb_max_download: limit('NZB Download'),
		default_destination: new_destination,
		emule_enabled: flag('eMule', 'Whether eMule is on'),
		unzip_service_enabled: flag('Extract Archives', 'Whether archives are extracted after the download'),
	}),
	request: given,
	then: { call: getConfig },
});
const schedule = operation({
	title: 'Get the schedule',
	summary: 'Tells whether downloads follow a schedule. Needs an administrator.',
	right: 'administrator',
	call: getSchedule,
	params: z.object({}),
});
const updateSchedule = operation({
	title: 'Set the schedule',
	summary: 'Switches the schedule of downloads on or off. Needs an administrator.',
	right: 'administrator',
	call: setSchedule,
	params: z.object({
		enabled: z
			.boolean()
			.default(true)
			.meta({ title: 'Schedule', description: 'Whether downloads follow the schedule' }),
		emule_enabled: flag('eMule Schedule', 'Whether eMule follows the schedule; as it is when empty'),
	}),
	request: given,
	then: { call: getSchedule },
});

/** `set` replaces all of an area: what is there is sent back with the changes (downloadstation.md 5.4). */
const getBt = operation({
	title: 'Get the torrent settings',
	summary: 'Gives ports, limits and seeding of torrents. Needs an administrator.',
	right: 'administrator',
	call: bt.get,
	params: z.object({}),
});
const updateBt = operation({
	title: 'Update the torrent settings',
	summary: 'Changes limits and seeding of torrents; what is not given stays. Needs an administrator.',
	right: 'administrator',
	known: { call: bt.get },
	call: bt.set,
	params: changesOf({
		max_download_rate: limit('Download'),
		max_upload_rate: limit('Upload'),
		max_peer: count('Peers', 'Most peers of a torrent; as it is when empty'),
		seeding_ratio: count('Seeding Ratio', 'Percent of the size after which seeding ends; 0: never'),
		seeding_interval: count('Seeding Time', 'Minutes after which seeding ends; 0: never'),
		enable_seeding_auto_remove: flag('Remove After Seeding', 'Whether tasks are removed when seeding has ended'),
	}),
	request: (changes, known) => ({ ...known, ...given(changes) }),
	then: { call: bt.get },
});
const getWeb = operation({
	title: 'Get the web and FTP settings',
	summary: 'Gives limits and connections of downloads from the web and FTP servers. Needs an administrator.',
	right: 'administrator',
	call: ftpHttp.get,
	params: z.object({}),
});
const updateWeb = operation({
	title: 'Update the web and FTP settings',
	summary:
		'Changes limits and connections of downloads from the web and FTP servers; what is not given stays. Needs an administrator.',
	right: 'administrator',
	known: { call: ftpHttp.get },
	call: ftpHttp.set,
	params: changesOf({
		ftp_http_max_download_rate: limit('Download'),
		enable_ftp_max_conn: flag('Limit Connections', 'Whether the connections to an FTP server are limited'),
		ftp_max_conn: count('Connections', 'Most connections to an FTP server; as it is when empty'),
	}),
	request: (changes, known) => ({ ...known, ...given(changes) }),
	then: { call: ftpHttp.get },
});
const getOrder = operation({
	title: 'Get the task settings',
	summary: 'Gives how many tasks run at once, their order and the hours of the schedule. Needs an administrator.',
	right: 'administrator',
	call: scheduler.get,
	params: z.object({}),
});
const updateOrder = operation({
	title: 'Update the task settings',
	summary:
		'Changes how many tasks run at once and the hours of the schedule; what is not given stays. Needs an administrator.',
	right: 'administrator',
	known: { call: scheduler.get },
	call: scheduler.set,
	params: changesOf({
		max_tasks: count('Tasks at Once', 'Most tasks that run at the same time; as it is when empty'),
		enable_schedule: flag('Schedule', 'Whether downloads follow the schedule'),
		download_rate: limit('Download by Schedule'),
		upload_rate: limit('Upload by Schedule'),
		schedule: z
			.string()
			.regex(/^\d{168}$/, 'has 168 digits, one for each hour of the week')
			.optional()
			.meta({ title: 'Hours', description: 'A digit for each hour of the week; as it is when empty', advanced: true }),
	}),
	request: (changes, known) => ({ ...known, ...given(changes) }),
	then: { call: scheduler.get },
});
const getLocation = operation({
	title: 'Get the destinations',
	summary: 'Gives the default destination of the account and the folder that is watched for torrents.',
	call: location.get,
	params: z.object({}),
	response: ({ torrent_nzb_watch_folder: watched, ...rest }) => ({
		...rest,
		torrent_nzb_watch_folder: watched === '(null)' ? '' : watched,
	}),
	result: location.get.answer!,
});
/** The sign for "no folder" may not come back, and a default cannot be cleared (downloadstation.md 5.4). */
const updateLocation = operation({
	title: 'Set the default destination',
	summary: 'Sets the folder that downloads of the account go to where none is given.',
	known: { call: location.get },
	call: location.set,
	params: z.object({
		destination: needed_destination,
	}),
	request: ({ destination: to }, { torrent_nzb_watch_folder: watched, ...rest }) => ({
		...rest,
		...(watched !== undefined && watched !== '(null)' && watched !== '' && { torrent_nzb_watch_folder: watched }),
		default_destination: to,
	}),
});

export const stations = resource('Station', {
	get,
	getSpeeds: speeds,
	getSettings: config,
	updateSettings: updateConfig,
	getSchedule: schedule,
	setSchedule: updateSchedule,
	getTorrentSettings: getBt,
	updateTorrentSettings: updateBt,
	getWebSettings: getWeb,
	updateWebSettings: updateWeb,
	getTaskSettings: getOrder,
	updateTaskSettings: updateOrder,
	getDestination: getLocation,
	setDestination: updateLocation,
});
