import { operation, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { infoGet } from './calls';
import { nothing, toNothing } from './fields';

export const info = operation({
	title: 'Get account information',
	summary: 'Gives the account as Note Station knows it, and the version of the package.',
	call: infoGet,
	params: z.object({}),
	result: z.looseObject({
		uid: z.number(),
		username: z.string().optional(),
		is_admin: z.boolean().optional(),
		allow_share: z.boolean().optional(),
	}),
	readOnly: true,
	basis: 'capture',
});

export const settings = operation({
	title: 'Get settings',
	summary: 'Gives the settings of Note Station for the account.',
	call: { api: 'SYNO.NoteStation.Setting', method: 'get', version: 2 },
	params: z.object({}),
	result: z.looseObject({
		todo_purge: z.string().optional(),
		todo_due_date_day: z.string().optional(),
		spell_check: z.boolean().optional(),
	}),
	readOnly: true,
	basis: 'capture',
});

export const updateSettings = operation({
	title: 'Change settings',
	summary: 'Changes settings of Note Station for the account.',
	call: { api: 'SYNO.NoteStation.Setting', method: 'set', version: 2 },
	params: z.object({
		settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).meta({
			title: 'Settings',
			description: 'Settings by the names that "Get Settings" gives; what is left out stays',
			widget: 'json',
		}),
	}),
	request: (given) => given.settings,
	response: toNothing,
	result: nothing,
	basis: 'inferred',
});

export const accounts = resource('Account', { info, settings, updateSettings });
