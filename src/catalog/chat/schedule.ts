import { id, moment } from '../fields';
import { operation, resource } from '../operation';
import { z } from '../../vendor/zod';
import { channel_id, message, nothing, toNothing } from './fields';

const cronjob_id = id().meta({
	title: 'Scheduled Message',
	description: 'ID of the scheduled message, as listing gives it',
});

const send_at = moment().meta({ title: 'Send At', description: 'When the message is sent', widget: 'moment' });

export const create = operation({
	title: 'Schedule a message',
	summary: 'Has the NAS send a message to a channel at a later time.',
	call: { api: 'SYNO.Chat.Post.Schedule', method: 'create', version: 1 },
	params: z.object({ channel_id, message, send_at }),
	result: z.looseObject({ cronjob_id: z.number() }),
	basis: 'capture',
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

export const update = operation({
	title: 'Change a scheduled message',
	summary: 'Replaces text and time of a scheduled message.',
	call: { api: 'SYNO.Chat.Post.Schedule', method: 'set', version: 1 },
	params: z.object({ cronjob_id, message, send_at }),
	response: toNothing,
	result: nothing,
	basis: 'inferred',
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
