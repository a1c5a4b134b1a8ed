import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { getDsm } from '../wire';

export const get = operation({
	title: 'Get information about the NAS',
	summary: 'Tells model, version and uptime of the NAS.',
	call: getDsm,
	params: z.object({}),
});

export const info = resource('Info', { get });
