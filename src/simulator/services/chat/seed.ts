import type { Nas } from '../../core/nas';
import { newVote } from './ballot';
import { onePixel } from './pixel';
import { chatOf, type ChatState } from './state';
import type { Channel } from './types';

const minute = 60_000;

/**
 * Channels and posts of a small company: General (id 1), `ops` (private: alice, bob), `random` (public), `design`
 * (public, only carol joined), alice and bob's direct conversation, and alice's channel with the system bot.
 */
export function seedChat(nas: Nas): void {
	const chat = chatOf(nas);
	chat.syncUsers();
	const start = chat.now() - 8 * 60 * minute;
	let turn = 0;
	const say = (
		who: string,
		where: Channel | string,
		text: string,
		more: { thread_id?: number; file?: SeedFile } = {},
	) => chat.postAs(who, where, text, { ...more, at: start + minute * turn++ });

	say('alice', 'General', 'Good morning! The NAS moves to the new rack on Friday.');
	say('bob', 'General', `Thanks @u:${chat.user('alice').user_id}, I will be there.`);
	say('carol', 'General', 'Floor plan: <https://nas.example.com/plan|new rack>');

	chat.openChannel('alice', { name: 'ops', type: 'private', purpose: 'Servers and backups', at: start }, ['bob']);
	const failed = say('bob', 'ops', 'Backup of volume 2 failed last night #backup');
	say('alice', 'ops', 'Looking at it.', { thread_id: failed.post_id });
	say('bob', 'ops', 'It was the cable.', { thread_id: failed.post_id });
	say('bob', 'ops', 'The log of the run', { file: { name: 'backup.log', content: backupLog, mime: 'text/plain' } });

	chat.openChannel('carol', { name: 'random', type: 'public', at: start }, ['alice', 'bob']);
	say('carol', 'random', 'Cake in the kitchen');
	chat.openChannel('carol', { name: 'design', type: 'public', purpose: 'Drafts', at: start });
	say('carol', 'design', 'First drafts are in the team folder.');

	const direct = chat.direct('alice', 'bob');
	say('bob', direct, 'Do you have a minute?');
	say('alice', direct, 'Sure, in ten.');
	say('bob', direct, 'The new rack', { file: { name: 'rack.png', content: onePixel, mime: 'image/png' } });
	const poll = say('alice', direct, 'Lunch before or after?');
	poll.vote = newVote(['Before', 'After'], { multiple: false, anonymous: false, add_option: true, expire_at: 0 });
	chat.scheduleAs('alice', 'random', 'The cake is cut', chat.now() + 24 * 60 * minute);
	welcome(chat, start);
}

type SeedFile = { name: string; content: string | Buffer; mime: string };

const backupLog = '02:00:01 backup started\n02:13:44 volume 2: read error\n02:13:45 backup failed\n';

/** The wording of the real welcome was not captured. */
function welcome(chat: ChatState, at: number): void {
	const alice = chat.user('alice').user_id;
	const channel = chat.conversation([alice, chat.synobot], chat.synobot, 'synobot');
	channel.name = 'synobot';
	chat.append(channel, { creator_id: chat.synobot, message: 'Welcome to Chat', at });
}
