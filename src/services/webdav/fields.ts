import { z } from '../../vendor/zod';

/** A user or group, as DSM's rules name them. */
export const entity = {
	entity_type: z
		.enum(['user', 'group'])
		.default('user')
		.meta({ title: 'Type', description: 'User or group', labels: { user: 'User', group: 'Group' } }),
	entity_name: z
		.string()
		.trim()
		.min(1)
		.meta({ title: 'Name', description: 'Name of the user or group', placeholder: 'e.g. alice' }),
};

/** Address, with or without its network, as DSM's rules take it. */
export const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]*)(\/\d{1,3})?$/i;
