import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { getStation } from '../wire/station';

const get = operation({
	title: 'Get capabilities',
	summary: 'Says who the account is to File Station and what the NAS can do: links, remote folders.',
	call: getStation,
	params: z.object({}),
});

export const stations = resource('File Station', { get });
