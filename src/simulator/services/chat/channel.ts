import type { Channel } from '../../core/service';
import { chatOf } from './state';

/** Chat's own channel. Names and contents of the real events were not captured (chat.md 10): these only tell that something happened. */
export const chatChannel: Channel = {
	path: '/sc/socket.io/',
	api: 'SYNO.Chat.Channel',
	follow(nas, { name: login }, ids, tell) {
		const chat = chatOf(nas);
		const me = chat.userOf(login)?.user_id;
		return chat.news.follow(({ name, channel, post_id, conn_id }) => {
			if (me === undefined || !channel.members.has(me)) return;
			if (conn_id !== undefined && ids.includes(conn_id)) return;
			tell(name, { channel_id: channel.channel_id, ...(post_id !== undefined && { post_id }) });
		});
	},
};
