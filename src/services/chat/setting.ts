import { operation, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';

/** Minutes; 0: no limit. */
export const get = operation({
	title: 'Get the settings',
	summary: 'Gives the rules of this Chat, e.g. whether and how long messages may be edited.',
	call: { api: 'SYNO.Chat.Admin.Setting', method: 'get', version: 5 },
	params: z.object({}),
	response: (data) => data ?? {},
	result: z.looseObject({
		allow_edit_message: z.boolean().optional(),
		allow_edit_message_time_within_min: z.number().optional(),
	}),
	readOnly: true,
	basis: 'capture',
});

/** The shape of the answer was not captured: it is given as it comes. */
export const listApps = operation({
	title: 'Get the apps',
	summary: 'Gives the apps that are built into this Chat.',
	call: { api: 'SYNO.Chat.App', method: 'list', version: 1 },
	params: z.object({}),
	response: (data) => data ?? {},
	result: z.looseObject({}),
	readOnly: true,
	basis: 'inferred',
});

export const settings = resource('Setting', { get, listApps });
