import type { Nas } from '../../simulator/core/nas';
import { newBot } from '../../simulator/services/chat/admin';
import { chatOf } from '../../simulator/services/chat';

const URL = 'https://flows.example.com/hook/chat';

/**
 * Integrations of alice that the documented examples speak of, since a fresh NAS has none. Gives the tokens of the bot and of the
 * incoming webhook.
 */
export function stageBots(nas: Nas): { bot: string; webhook: string } {
	const chat = chatOf(nas);
	const alice = chat.user('alice').user_id;
	const bot = newBot(chat, alice, 'chatbot', 'Helper');
	const webhook = newBot(chat, alice, 'incoming', 'Build');
	Object.assign(webhook, { channel_id: 1, is_disabled: false });
	Object.assign(newBot(chat, alice, 'outgoing', 'Deploy'), { url: URL, trigger_word: 'deploy', is_disabled: false });
	Object.assign(newBot(chat, alice, 'slash', 'Status'), { url: URL, command: '/status', is_disabled: false });
	const talk = chat.conversation([alice, bot.user_id], bot.user_id, 'chatbot');
	chat.postAs('alice', talk, 'The log', { file: { name: 'run.log', content: 'exit code 0\n', mime: 'text/plain' } });
	return { bot: bot.token, webhook: webhook.token };
}
