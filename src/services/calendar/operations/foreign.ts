import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { raw } from '../fields';
import { createForeign, deleteForeign, getForeign, listForeign, setForeign } from '../wire';

/** Neither parameters nor answers of these calls are published (calendar.md 7.2): everything goes as it is given. */
const unpublished = {
	params: z.object({ params: raw }),
	request: ({ params }: { params: Record<string, unknown> }) => params,
};

export const list = operation({
	title: 'List foreign calendars',
	summary: 'Lists the accounts of foreign calendars, for example of Google, as Calendar gives them.',
	call: listForeign,
	...unpublished,
});

export const get = operation({
	title: 'Get a foreign calendar',
	summary: 'Gives an account of a foreign calendar. The parameters of this call are not published.',
	call: getForeign,
	...unpublished,
});

export const create = operation({
	title: 'Create a foreign calendar',
	summary: 'Adds an account of a foreign calendar. The parameters of this call are not published.',
	call: createForeign,
	...unpublished,
});

export const update = operation({
	title: 'Update a foreign calendar',
	summary: 'Changes an account of a foreign calendar. The parameters of this call are not published.',
	call: setForeign,
	...unpublished,
});

export const remove = operation({
	title: 'Delete a foreign calendar',
	summary: 'Removes an account of a foreign calendar. The parameters of this call are not published.',
	call: deleteForeign,
	...unpublished,
	destructive: true,
	deletes: true,
});

export const foreignCalendars = resource('Foreign Calendar', { list, get, create, update, delete: remove });
