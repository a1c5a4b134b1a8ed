import type { Scene } from '../../core/life';
import { chatOf, type ChatState } from './state';
import { isReply } from './store';

type ChatScene = (chat: ChatState, round: number) => void;

const scenes: ChatScene[] = [
	(chat, round) =>
		chat.postAs('bob', 'General', pick(['Lunch at noon?', 'The printer is back.', 'Room 2 is free.'], round)),
	(chat, round) => chat.postAs('bob', 'ops', `Backup ${round + 1} finished, ${12 + (round % 30)} GB written #backup`),
	(chat, round) => chat.postAs('carol', 'General', `@u:${aliceId(chat)} can you look at draft ${round + 1}?`),
	(chat, round) => chat.postAs('bob', chat.direct('alice', 'bob'), pick(['Are you there?', 'See ops, please.'], round)),
	(chat, round) => answerLatest(chat, pick(['Works for me.', 'On it.', 'Which one?'], round)),
	(chat, round) =>
		chat.postAs('carol', 'random', 'Numbers of the day', {
			file: { name: `visitors-${round + 1}.csv`, content: visitors(round), mime: 'text/csv' },
		}),
	(chat, round) =>
		chat.postAs('bob', 'ops', 'Log of the last run', {
			file: { name: `run-${round + 1}.txt`, content: `run ${round + 1}\nexit code 0\n`, mime: 'text/plain' },
		}),
	(chat, round) => chat.postAs('carol', 'random', `<https://nas.example.com/photos/${round + 1}|New photos>`),
	(chat, round) => correctLatest(chat, round),
	(chat, round) => chat.postAs('carol', chat.direct('alice', 'carol'), pick(['Thank you!', 'Did it work?'], round)),
	(chat, round) => askTheTeam(chat, pick(['Pizza or salad?', 'Meet on Monday?', 'Upgrade tonight?'], round)),
];

/** Bob and carol of the seed data write: messages, mentions of alice, files, thread replies, edits and polls. */
export const chatScenes: Scene[] = scenes.map((scene) => (nas, round) => scene(chatOf(nas), round));

/** Carol replies in the thread of bob's last message in General. */
function answerLatest(chat: ChatState, text: string): void {
	const bob = chat.user('bob').user_id;
	const general = chat.channel('General');
	const root = general.posts.findLast((post) => post.creator_id === bob && !isReply(post) && post.delete_at === 0);
	chat.postAs('carol', general, text, root ? { thread_id: root.post_id } : {});
}

/** Bob edits his last message in ops. */
function correctLatest(chat: ChatState, round: number): void {
	const bob = chat.user('bob').user_id;
	const own = chat
		.channel('ops')
		.posts.findLast((post) => post.creator_id === bob && post.type === 'normal' && post.delete_at === 0);
	if (own) chat.editAs('bob', own.post_id, `${own.message.replace(/ \(checked.*$/, '')} (checked ${round + 1})`);
}

/** A poll with two choices; bob votes at once. */
function askTheTeam(chat: ChatState, question: string): void {
	const { vote } = chat.askAs('carol', 'General', question, ['Yes', 'No']);
	vote?.choices[0]?.voters.add(chat.user('bob').user_id);
}

function aliceId(chat: ChatState): number {
	return chat.user('alice').user_id;
}

function pick(texts: string[], round: number): string {
	return texts[round % texts.length] as string;
}

function visitors(round: number): string {
	return `hour,visitors\n09,${20 + round}\n10,${31 + round}\n11,${28 + round}\n`;
}
