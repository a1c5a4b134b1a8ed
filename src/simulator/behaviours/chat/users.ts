import type { BehaviourTable } from '../../behaviour';
import { behaviour, guarded } from './call';
import { integer } from './params';
import { refuse } from './refusal';
import { userRow } from './wire';

/** `SYNO.Chat.User` and the calls whose success is known but whose fields are not (chat.md 6). */
export const userBehaviours: BehaviourTable = {
	// Whether bots are listed is unproven: they are not, so that clients must do without.
	'SYNO.Chat.User.list': behaviour(({ chat }) => ({ data: { users: [...chat.users.values()].map(userRow) } })),
	// Without user_id the caller (inference); another user's unknown id gives the generic 117 (unverified).
	'SYNO.Chat.User.get': behaviour(({ chat, me, params }) => {
		const user = userRow(chat.users.get(integer(params, 'user_id') ?? me.user_id) ?? refuse(117));
		return { data: chat.switches.bareObjects ? user : { user } };
	}),
	'SYNO.Chat.Admin.Setting.get': behaviour(({ chat }) => ({ data: { ...chat.settings } })),
	'SYNO.Chat.User.Preference.get': behaviour(() => ({ data: {} })),
	'SYNO.Chat.App.list': behaviour(() => ({ data: {} })),
	// Works without a session.
	'SYNO.Chat.Sticker.list': guarded(() => ({ data: {} })),
	// Its parameters were not captured; without them it is 101.
	'SYNO.Chat.Archive.list': behaviour(() => refuse(101)),
};
