import { id, moment } from '../../catalog/fields';
import type { Call } from '../../core/call';
import { operation, procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { channel_id, message, nothing, toNothing } from './fields';
import { mentions, toStored } from './mentions';
import { userList } from './people';
import { refuseEncrypted, sendCalls } from './send';

const cronjob_id = id().meta({
	title: 'Scheduled Message',
	description: 'ID of the scheduled message, as listing gives it',
});

const send_at = moment().meta({ title: 'Send At', description: 'When the message is sent', widget: 'moment' });

const createCall: Call = { api: 'SYNO.Chat.Post.Schedule', method: 'create', version: 1 };
const setCall: Call = { api: 'SYNO.Chat.Post.Schedule', method: 'set', version: 1 };

export const create = procedure({
	title: 'Schedule a message',
	summary: 'Has the NAS send a message to a channel at a later time.',
	uses: [createCall, ...sendCalls.slice(1)],
	params: z.object({ channel_id, message, send_at, mentions }),
	result: z.looseObject({ cronjob_id: z.number() }),
	basis: 'capture',
	async run({ mentions: wanted, ...given }, dsm) {
		const [text] = await Promise.all([toStored(dsm, given.message, wanted), refuseEncrypted(dsm, [given.channel_id])]);
		return await dsm.call(createCall, { ...given, message: text });
	},
});

export const list = operation({
	title: 'List scheduled messages',
	summary: 'Lists the messages that the account has scheduled in a channel.',
	call: { api: 'SYNO.Chat.Post.Schedule', method: 'list', version: 1 },
	params: z.object({ channel_id }),
	page: { items: 'schedule_posts' },
	result: z.array(
		z.looseObject({ cronjob_id: z.number(), message: z.string().optional(), send_at: z.number().optional() }),
	),
	readOnly: true,
	basis: 'capture',
});

export const update = procedure({
	title: 'Change a scheduled message',
	summary: 'Replaces text and time of a scheduled message.',
	uses: [setCall, userList],
	params: z.object({ cronjob_id, message, send_at, mentions }),
	result: nothing,
	basis: 'inferred',
	async run({ mentions: wanted, ...given }, dsm) {
		await dsm.call(setCall, { ...given, message: await toStored(dsm, given.message, wanted) });
		return {};
	},
});

const remove = operation({
	title: 'Cancel a scheduled message',
	summary: 'Deletes a scheduled message before it is sent.',
	call: { api: 'SYNO.Chat.Post.Schedule', method: 'delete', version: 1 },
	params: z.object({ cronjob_id }),
	response: toNothing,
	result: nothing,
	destructive: true,
	basis: 'capture',
});

export const schedules = resource('Scheduled Message', { create, list, update, delete: remove });
