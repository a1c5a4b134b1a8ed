import { operation } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { changesOf, count, flag, given, limit, needed_destination } from '../fields';
import { autoExtraction, bt, emuleLocation, ftpHttp, location, nzb, rss, scheduler } from '../wire/station';

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
		max_download_rate: limit('Download Limit'),
		max_upload_rate: limit('Upload Limit'),
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
		ftp_http_max_download_rate: limit('Download Limit'),
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
		download_rate: limit('Download Limit by Schedule'),
		upload_rate: limit('Upload Limit by Schedule'),
		schedule: z
			.string()
			.regex(/^\d{168}$/, 'has 168 digits, one for each hour of the week')
			.optional()
			.meta({ title: 'Hours', description: 'A digit for each hour of the week; as it is when empty', advanced: true }),
	}),
	request: (changes, known) => ({ ...known, ...given(changes) }),
	then: { call: scheduler.get },
});
const getNzb = operation({
	title: 'Get the NZB settings',
	summary: 'Gives the news server and limits of NZB downloads, without its password. Needs an administrator.',
	right: 'administrator',
	call: nzb.get,
	params: z.object({}),
});
/** What is sent alone is changed, so that the password stays (downloadstation.md 5.4). */
const updateNzb = operation({
	title: 'Update the NZB settings',
	summary:
		'Changes the news server and limits of NZB downloads; what is not given stays, the password too. Needs an administrator.',
	right: 'administrator',
	call: nzb.set,
	params: changesOf({
		server: z
			.string()
			.min(1)
			.optional()
			.meta({ title: 'Server', description: 'Host name of the news server; as it is when empty' }),
		port: z.coerce
			.number<number | string>()
			.int()
			.min(1)
			.max(65_535)
			.optional()
			.meta({ title: 'Port', description: 'Port of the news server; as it is when empty' }),
		username: z
			.string()
			.min(1)
			.optional()
			.meta({ title: 'User', description: 'User name at the news server; as it is when empty' }),
		enable_auth: flag('Sign In', 'Whether the news server asks for a user name'),
		enable_encryption: flag('Encryption', 'Whether the connection to the news server is encrypted'),
		conn_per_download: count('Connections', 'Connections for each download; as it is when empty'),
		max_download_rate: limit('Download Limit'),
		enable_parchive: flag('Repair', 'Whether damaged files are repaired by their PAR files'),
		enable_remove_parfiles: flag('Remove PAR Files', 'Whether PAR files are deleted after the download'),
	}),
	request: given,
	then: { call: nzb.get },
});
const getExtraction = operation({
	title: 'Get the extraction settings',
	summary: 'Gives whether and where archives are extracted after the download, without their passwords.',
	call: autoExtraction.get,
	params: z.object({}),
});
const updateExtraction = operation({
	title: 'Update the extraction settings',
	summary:
		'Changes whether and how archives are extracted after the download; what is not given stays, the passwords too.',
	call: autoExtraction.set,
	params: changesOf({
		enable_unzip: flag('Extract Archives', 'Whether archives are extracted after the download'),
		create_subfolder: flag('Subfolder', 'Whether the files get a folder of their own'),
		unzip_overwrite: flag('Overwrite', 'Whether files that are there already are replaced'),
		delete_archive: flag('Delete Archives', 'Whether archives are deleted once they are extracted'),
	}),
	request: given,
	then: { call: autoExtraction.get },
});
const getFeedSettings = operation({
	title: 'Get the feed settings',
	summary: 'Gives after how many minutes RSS feeds are read again. Needs an administrator.',
	right: 'administrator',
	call: rss.get,
	params: z.object({}),
});
const updateFeedSettings = operation({
	title: 'Set the feed settings',
	summary: 'Sets after how many minutes RSS feeds are read again. Needs an administrator.',
	right: 'administrator',
	call: rss.set,
	params: z.object({
		update_interval: z.coerce
			.number<number | string>()
			.int()
			.min(1)
			.meta({ title: 'Interval', description: 'Minutes between two readings' }),
	}),
	then: { call: rss.get },
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

const getEmule = operation({
	title: 'Get the eMule destination',
	summary: 'Gives the folder that eMule downloads of the account go to.',
	call: emuleLocation.get,
	params: z.object({}),
});
const setEmule = operation({
	title: 'Set the eMule destination',
	summary: 'Sets the folder that eMule downloads of the account go to.',
	call: emuleLocation.set,
	params: z.object({ destination: needed_destination }),
	request: ({ destination: default_destination }) => ({ default_destination }),
	then: { call: emuleLocation.get },
});

/** Settings that are kept by area, in the newer family of the API. */
export const areas = {
	getTorrentSettings: getBt,
	updateTorrentSettings: updateBt,
	getWebSettings: getWeb,
	updateWebSettings: updateWeb,
	getTaskSettings: getOrder,
	updateTaskSettings: updateOrder,
	getNzbSettings: getNzb,
	updateNzbSettings: updateNzb,
	getExtractionSettings: getExtraction,
	updateExtractionSettings: updateExtraction,
	getFeedSettings,
	setFeedSettings: updateFeedSettings,
	getDestination: getLocation,
	setDestination: updateLocation,
	getEmuleDestination: getEmule,
	setEmuleDestination: setEmule,
};
