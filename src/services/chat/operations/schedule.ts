import { id, moment } from '../../../catalog/fields';
import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { channel_id, message } from '../fields';
import { mentions, toStored } from '../lib/mentions';
import { checkCalls, textFor } from '../lib/send';
import * as wire from '../wire/postDetails';
import { listUsers } from '../wire/users';

const cronjob_id = id().meta({
	title: 'Scheduled Message',
	description: 'ID of the scheduled message, as listing gives it',
});

const send_at = moment().meta({ title: 'Send At', description: 'When the message is sent', widget: 'moment' });

const create = operation({
	title: 'Create a scheduled message',
	summary: 'Has the NAS send a message to a channel at a later time.',
	known: {
		uses: checkCalls,
		look: async (given, dsm) => ({ message: await textFor(dsm, given, [given.channel_id]) }),
	},
	call: wire.createScheduled,
	params: z.object({ channel_id, message, send_at, mentions }),
	request: (given, known) => ({ channel_id: given.channel_id, send_at: given.send_at, ...known }),
});

const list = operation({
	title: 'List scheduled messages',
	summary: 'Lists the messages that the account has scheduled in a channel.',
	call: wire.listScheduled,
	params: z.object({ channel_id }),
});

const update = operation({
	title: 'Update a scheduled message',
	summary: 'Replaces text and time of a scheduled message.',
	known: {
		uses: [listUsers],
		look: async (given, dsm) => ({ message: await toStored(dsm, given.message, given.mentions) }),
	},
	call: wire.setScheduled,
	params: z.object({ cronjob_id, message, send_at, mentions }),
	request: (given, known) => ({ cronjob_id: given.cronjob_id, send_at: given.send_at, ...known }),
});

const remove = operation({
	title: 'Delete a scheduled message',
	summary: 'Deletes a scheduled message before it is sent.',
	call: wire.deleteScheduled,
	params: z.object({ cronjob_id }),
	destructive: true,
	deletes: true,
});

export const schedules = resource('Scheduled Message', { create, list, update, delete: remove });
