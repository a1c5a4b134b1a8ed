import { chatOf, type ChatState } from './behaviours/chat';
import { isReply } from './behaviours/chat/store';
import type { Nas } from './nas';

export interface LifeOptions {
	/** Milliseconds between two events. */
	everyMs?: number;
}

/** What happens in turn; each gets the number of the round to vary its text. */
type Scene = (chat: ChatState, round: number) => void;

const scenes: Scene[] = [
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
];

/**
 * Lets bob and carol of the seed data write by themselves: messages, mentions of alice, files and thread replies, one
 * every `everyMs` (4000). The timer does not keep the process alive.
 */
export function startLife(simulator: { nas: Nas }, { everyMs = 4000 }: LifeOptions = {}): { stop(): void } {
	const chat = chatOf(simulator.nas);
	let count = 0;
	const timer = setInterval(() => {
		play(chat, count);
		count += 1;
	}, everyMs);
	timer.unref();
	return { stop: () => clearInterval(timer) };
}

function play(chat: ChatState, count: number): void {
	const scene = scenes[count % scenes.length] as Scene;
	try {
		scene(chat, Math.floor(count / scenes.length));
	} catch {
		// Visitors of the demo may remove a channel or a member: that scene is over, the others go on.
	}
}

/** Carol replies in the thread of bob's last message in General. */
function answerLatest(chat: ChatState, text: string): void {
	const bob = chat.user('bob').user_id;
	const general = chat.channel('General');
	const root = general.posts.findLast((post) => post.creator_id === bob && !isReply(post) && post.delete_at === 0);
	chat.postAs('carol', general, text, root ? { thread_id: root.post_id } : {});
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
