import { operation, procedure } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { channel_id, nothing, toNothing } from './fields';

/** A change of how the account sees a channel. Version 2: versions 3 and 4 lack the methods (chat.md 14). */
const marking = (method: string, title: string, summary: string) =>
	operation({
		title,
		summary,
		call: { api: 'SYNO.Chat.Channel', method, version: 2 },
		params: z.object({ channel_id }),
		response: toNothing,
		result: nothing,
		basis: 'inferred',
	});

export const hide = marking('hide', 'Hide a channel', 'Takes a channel off the own sidebar.');
export const star = marking('star', 'Star a channel', 'Adds a channel to the own favourites.');
export const unstar = marking('unstar', 'Unstar a channel', 'Takes a channel from the own favourites.');

const readCall = { api: 'SYNO.Chat.Channel.Preference', method: 'get', version: 3 } as const;
const writeCall = { api: 'SYNO.Chat.Channel.Preference', method: 'set', version: 3 } as const;

export const preferences = operation({
	title: 'Get the preferences of a channel',
	summary: 'Gives how the account is notified of a channel.',
	call: readCall,
	params: z.object({ channel_id }),
	response: (data) => data ?? {},
	result: z.looseObject({}),
	readOnly: true,
	basis: 'capture',
});

/** The names of the fields were not captured: all are read, one is changed, and all are written back (chat.md 4.7). */
export const setPreference = procedure({
	title: 'Change a preference of a channel',
	summary: 'Changes one of the preferences of a channel, named as getting them shows it, and gives them all.',
	uses: [readCall, writeCall],
	params: z.object({
		channel_id,
		name: z.string().min(1).meta({ title: 'Preference', description: 'Name of the preference' }),
		value: z.json().meta({
			title: 'Value',
			description: 'New value, as JSON: a text in quotes, a number, true or false',
			widget: 'json',
			placeholder: 'e.g. true',
		}),
	}),
	result: z.looseObject({}),
	basis: 'inferred',
	async run(given, dsm) {
		const { channel_id: channel } = given;
		const present = (await dsm.call(readCall, { channel_id: channel }, { readOnly: true })) as object | undefined;
		const changed = { ...present, [given.name]: given.value };
		await dsm.call(writeCall, { ...changed, channel_id: channel });
		return changed;
	},
});
