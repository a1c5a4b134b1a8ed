import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { getInfo, getSettings as readSettings, setSettings } from '../wire/accounts';

export const get = operation({
	title: 'Get account information',
	summary: 'Gives the account as Note Station knows it, and the version of the package.',
	call: getInfo,
	params: z.object({}),
});

export const getSettings = operation({
	title: 'Get settings',
	summary: 'Gives the settings of Note Station for the account.',
	call: readSettings,
	params: z.object({}),
});

/** Single values, which can be set again. */
export const updateSettings = operation({
	title: 'Update settings',
	summary: 'Changes settings of Note Station for the account.',
	call: setSettings,
	params: z.object({
		settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).meta({
			title: 'Settings',
			description: 'Settings by the names that "Get Settings" gives; what is left out stays',
			widget: 'json',
		}),
	}),
	request: (given) => given.settings,
});

export const accounts = resource('Account', { get, getSettings, updateSettings });
