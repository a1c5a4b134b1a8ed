import type { Vote, VoteOptions } from './types';

/** A poll that nobody has voted in yet. */
export function newVote(choices: string[], options: VoteOptions): Vote {
	return { state: 'open', options, choices: choices.map((text, index) => choice(index, text)) };
}

export function choice(index: number, text: string): Vote['choices'][number] {
	return { id: String(index + 1), text, voters: new Set() };
}
