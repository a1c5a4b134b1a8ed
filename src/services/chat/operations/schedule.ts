import { DsmInputError } from '../../../core/errors';
import { id, moment } from '../../../catalog/fields';
import { operation, procedure, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { channel_id, message } from '../fields';
import { part_length, partsIn, sendParts } from '../lib/inParts';
import { mentions, toStored } from '../lib/mentions';
import { checkCalls, textFor } from '../lib/send';
import { keepPosts, partsOf } from '../lib/splitText';
import * as wire from '../wire/postDetails';
import { listUsers } from '../wire/users';

const cronjob_id = id().meta({
	title: 'Scheduled Message',
	description: 'ID of the scheduled message, as listing gives it',
});

const send_at = moment().meta({ title: 'Send At', description: 'When the message is sent', widget: 'moment' });

/** Whether jobs of one moment keep their order is not known (chat.md 5.12): the parts of a long text are a second apart. */
const STEP = 1000;

const create = procedure({
	title: 'Create a scheduled message',
	summary: 'Has the NAS send a message to a channel at a later time.',
	uses: [wire.createScheduled, ...checkCalls],
	params: z.object({ channel_id, message, send_at, mentions, part_length }),
	result: wire.scheduled.with({
		/** IDs of all scheduled messages that a long text became. */
		parts: z.array(z.string()).optional(),
	}),
	async run({ channel_id: channel, send_at: first, ...given }, dsm) {
		keepPosts(given.message, given.part_length);
		const text = await textFor(dsm, given, [channel]);
		const jobs = await sendParts(
			dsm,
			{ text, part_length: given.part_length, path: 'message' },
			async (part) =>
				await dsm.call(wire.createScheduled, {
					channel_id: channel,
					message: part.text,
					send_at: first + part.index * STEP,
				}),
			({ cronjob_id: job }) => job,
		);
		return { ...jobs[0], ...partsIn(jobs.map(({ cronjob_id: job }) => job)) };
	},
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
		async look({ message: text, mentions: resolves, part_length: limit }, dsm) {
			const stored = await toStored(dsm, text, resolves);
			const parts = partsOf(stored, limit).length;
			if (parts === 1) return { message: stored };
			throw new DsmInputError(`The text is ${stored.length} characters long, which is ${parts} messages of ${limit}.`, {
				path: ['message'],
				hint: 'Delete this scheduled message and create a new one: a long text goes in parts then.',
			});
		},
	},
	call: wire.setScheduled,
	params: z.object({ cronjob_id, message, send_at, mentions, part_length }),
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
