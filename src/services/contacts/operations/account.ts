import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { getInfo, readTimeZones } from '../wire/web';

const get = operation({
	title: 'Get account information',
	summary: 'Tells who the account is in Contacts, and whether address books may be shared.',
	call: getInfo,
	params: z.object({}),
});

const getTimeZones = operation({
	title: 'Get time zones',
	summary: 'Gives the time zones that Contacts knows, as the web API has them.',
	call: readTimeZones,
	params: z.object({}),
});

export const account = resource('Account', { get, getTimeZones });
