import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { listZones } from '../wire';

export const list = operation({
	title: 'List time zones',
	summary: 'Lists the time zones that Calendar knows.',
	call: listZones,
	params: z.object({}),
});

export const timezones = resource('Time Zone', { list });
