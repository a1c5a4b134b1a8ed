import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { changesOf, flag, given, limit, new_destination } from '../fields';
import { getConfig, getInfo, getSchedule, getSpeeds, setConfig, setSchedule } from '../wire/station';
import { areas } from './settings';

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
		emule_max_download: limit('eMule Download'),
		emule_max_upload: limit('eMule Upload'),
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

export const stations = resource('Station', {
	get,
	getSpeeds: speeds,
	getSettings: config,
	updateSettings: updateConfig,
	getSchedule: schedule,
	setSchedule: updateSchedule,
	...areas,
});
