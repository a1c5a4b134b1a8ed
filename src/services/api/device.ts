import { operation, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { params } from './fields';

/** That these methods want parameters is known, their names are not (identity.md 6.3): the user has to bring them. */
const unknown = params.meta({
	title: 'Parameters',
	description: 'Parameters of the call as a JSON object; DSM demands some, but their names are not documented',
	widget: 'json',
});

export const list = operation({
	title: 'List trusted devices',
	summary: 'Lists the devices on which the account needs no one-time code.',
	call: { api: 'SYNO.Core.TrustDevice', method: 'get', version: 1 },
	params: z.object({ params: unknown }),
	request: (given) => given.params,
	result: z.unknown(),
	readOnly: true,
	basis: 'inferred',
});

export const revoke = operation({
	title: 'Revoke a trusted device',
	summary: 'Makes a device ask for a one-time code again at the next login.',
	call: { api: 'SYNO.Core.TrustDevice', method: 'delete', version: 1 },
	params: z.object({ params: unknown }),
	request: (given) => given.params,
	response: () => ({}),
	result: z.object({}),
	destructive: true,
	basis: 'inferred',
});

export const devices = resource('Trusted Device', { list, revoke });
