import type { BehaviourTable } from '../../core/behaviour';
import { behaviour, done, guarded } from './call';
import { onePixel } from './pixel';
import { integer, requiredText, text } from './params';
import { refuse } from './refusal';
import { stickers } from './stickers';
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
	'SYNO.Chat.User.Preference.get': behaviour(({ chat, me }) => ({ data: { ...chat.preferences.get(me.user_id) } })),
	'SYNO.Chat.User.Preference.set': behaviour(({ chat, me, params }) => {
		chat.preferences.set(me.user_id, { ...chat.preferences.get(me.user_id), ...params });
		return done;
	}),
	'SYNO.Chat.App.list': behaviour(() => ({ data: {} })),
	// Works without a session. The shape was not captured: the key is that of `Reaction.set` (unverified).
	'SYNO.Chat.Sticker.list': guarded(() => ({
		data: { stickers: [...stickers].map((sticker_name) => ({ sticker_name })) },
	})),
	// The key pair of end-to-end encryption; empty texts take it away (chat.md 9).
	'SYNO.Chat.User.update_key': behaviour(({ chat, me, params }) => {
		const keys = [requiredText(params, 'public_key'), requiredText(params, 'private_key_enc')];
		if (keys.every((key) => key !== '')) chat.keyPairs.add(me.user_id);
		else chat.keyPairs.delete(me.user_id);
		return done;
	}),
	// Without parameters; how a guest list looks was not captured.
	'SYNO.Chat.Channel.GuestUser.list': behaviour(() => refuse(404, '')),
	// The caller's own nickname; other fields were not captured and are ignored.
	'SYNO.Chat.User.set': behaviour(({ me, params }) => {
		me.nickname = text(params, 'nickname') ?? me.nickname;
		return done;
	}),
	// The name of the field was not captured (chat.md 15): any text becomes the status.
	'SYNO.Chat.User.Status.set': behaviour(({ me, params }) => {
		const status = Object.values(params).find((value) => typeof value === 'string');
		me.status = status ?? refuse(101);
		return done;
	}),
	'SYNO.Chat.User.Status.clear': behaviour(({ me }) => {
		me.status = '';
		return done;
	}),
	// Without an id the real NAS answers a body that is no JSON (probe).
	'SYNO.Chat.User.Avatar.get': behaviour(({ chat, params }) => {
		const user_id = integer(params, 'user_id');
		if (user_id === undefined) return { html: '', status: 200 };
		if (!chat.users.has(user_id)) return refuse(117);
		return { file: onePixel, name: `${user_id}.png`, type: 'image/png', size: onePixel.length };
	}),
};
