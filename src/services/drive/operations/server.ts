import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import * as wire from '../wire/server';

const params = z.object({});

export const getStatus = operation({
	title: 'Get the status',
	summary: 'Gives the state of Drive Server (administrators).',
	right: 'administrator',
	call: wire.getStatus,
	params,
});

export const getUsage = operation({
	title: 'Get the usage',
	summary: 'Gives the space that Drive takes for database, versions and Office, in bytes (administrators).',
	right: 'administrator',
	call: wire.getUsage,
	params,
});

export const startUsageCount = operation({
	title: 'Start counting the usage',
	summary:
		'Starts to count the space that Drive takes and does not wait: its update time in "Get the usage" tells when it is done (administrators).',
	right: 'administrator',
	call: wire.startUsageCount,
	params,
});

export const stopUsageCount = operation({
	title: 'Stop counting the usage',
	summary: 'Ends the count of the space that runs (administrators).',
	right: 'administrator',
	call: wire.stopUsageCount,
	params,
});

export const getConfig = operation({
	title: 'Get the configuration',
	summary: 'Gives volumes and options of Drive Server (administrators).',
	right: 'administrator',
	call: wire.getConfig,
	params,
});

export const getSettings = operation({
	title: 'Get the sharing settings',
	summary: 'Gives what the server allows about sharing, and what this account may.',
	call: wire.getSettings,
	params,
});

export const getActivation = operation({
	title: 'Get the activation',
	summary: 'Says whether Drive Server is activated (administrators).',
	right: 'administrator',
	call: wire.getActivation,
	params,
});

export const listProfiles = operation({
	title: 'List sync profiles',
	summary: 'Lists the sync profiles of client settings (administrators).',
	right: 'administrator',
	call: wire.listProfiles,
	params,
});

export const listTopFiles = operation({
	title: 'List most used files',
	summary: 'Lists the files that were opened most (administrators).',
	right: 'administrator',
	call: wire.listTopFiles,
	params: z.object({
		ranking_by: z
			.enum(['both', 'preview', 'download'])
			.default('both')
			.meta({
				title: 'Counted',
				description: 'What counts',
				labels: { both: 'Previews and Downloads', preview: 'Previews', download: 'Downloads' },
			}),
		period_days: z.coerce
			.number<number | string>()
			.int()
			.min(1)
			.default(30)
			.meta({ title: 'Days', description: 'How many days back' }),
	}),
});

/** Not marked as destructive: settings can be set back. */
export const updateSettings = operation({
	title: 'Update the sharing settings',
	summary: 'Changes what the server allows about sharing (administrators).',
	right: 'administrator',
	call: wire.updateSettings,
	params: z.object({
		settings: z.record(z.string(), z.unknown()).meta({
			title: 'Settings',
			description: 'Settings to change, by their names in DSM, e.g. sharing_force_password',
			widget: 'json',
		}),
	}),
	request: ({ settings }) => settings,
});

export const server = resource('Server', {
	getStatus,
	getUsage,
	startUsageCount,
	stopUsageCount,
	getConfig,
	getSettings,
	getActivation,
	listProfiles,
	listTopFiles,
	updateSettings,
});
