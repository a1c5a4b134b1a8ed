import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { params } from '../fields';
import { listTrustedDevices, revokeTrustedDevice } from '../wire';

/** The names of the parameters are not known (identity.md 6.3): the user has to bring them. */
const unknown = params.meta({
	title: 'Parameters',
	description: 'Parameters of the call as a JSON object; DSM demands some, but their names are not documented',
	widget: 'json',
});

const list = operation({
	title: 'List trusted devices',
	summary: 'Lists the devices on which the account needs no one-time code.',
	call: listTrustedDevices,
	params: z.object({ params: unknown }),
	request: (given) => given.params,
	result: z.unknown(),
});

const revoke = operation({
	title: 'Revoke a trusted device',
	summary: 'Makes a device ask for a one-time code again at the next login.',
	call: revokeTrustedDevice,
	params: z.object({ params: unknown }),
	request: (given) => given.params,
	destructive: true,
	deletes: true,
});

export const devices = resource('Trusted device', { list, revoke });
