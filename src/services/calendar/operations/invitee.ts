import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { listInvitees } from '../wire';

export const list = operation({
	title: 'List invitees',
	summary: 'Lists users and contacts who can be invited.',
	call: listInvitees,
	params: z.object({
		list_dsm_only: z
			.boolean()
			.default(false)
			.meta({ title: 'Only Users', description: 'Whether only users of the NAS are listed' }),
	}),
});

export const invitees = resource('Invitee', { list });
