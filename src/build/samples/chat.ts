import type { Samples } from '../samples';

/** A post's id is its channel's id * 2^32 + a running number (chat.md 1.3). Channel 1 is General on every NAS. */
const post = (channel: number, number: number): string => String(channel * 2 ** 32 + number);

export const chatSamples: Samples = {
	'*': { post_id: post(1, 1), thread_id: post(1, 1), user_id: 3 },
	'file.download': { post_id: post(2, 4) },
	'file.thumbnail': { post_id: post(5, 3) },
	'poll.get': { post_id: post(5, 4) },
	'poll.vote': { post_id: post(5, 4), choice_ids: ['1'] },
	'poll.withdraw': { post_id: post(5, 4) },
	'poll.addOption': { post_id: post(5, 4) },
	'poll.close': { post_id: post(5, 4) },
	'poll.delete': { post_id: post(5, 4) },
	'message.broadcast': { channel_ids: [1], user_ids: [3] },
	'channel.setPreference': { name: 'notify', value: 'mention' },
	'channel.update': { channel_id: 2, name: 'servers' },
	'channel.find': { name: 'ops' },
	'user.find': { name: 'alice' },
	'conversation.promote': { channel_id: 5, name: 'team' },
	'channel.join': { channel_id: 4 },
	'channel.invite': { channel_id: 2, user_ids: [4] },
	'channel.kick': { channel_id: 2, user_ids: [3] },
	'channel.create': { name: 'plans' },
};
