import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { getSettings, listApps } from '../wire/users';

const get = operation({
	title: 'Get the settings',
	summary: 'Gives the rules of this Chat, e.g. whether and how long messages may be edited.',
	call: getSettings,
	params: z.object({}),
});

const getApps = operation({
	title: 'Get the apps',
	summary: 'Gives the apps that are built into this Chat.',
	call: listApps,
	params: z.object({}),
});

export const settings = resource('Setting', { get, getApps });
