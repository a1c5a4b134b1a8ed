import type { Decoder } from './decoder';

/** Pieces that some format or other gives a meaning to. */
const COMMON = [
	...'a0 \t\n\r"\'<>()[]{}|\\/*_-+=#~`^.,;:!?@&%$\0',
	'\r\n',
	'é',
	'e\u0301',
	'😀',
	'👨‍👩‍👧',
	'\uFEFF',
	'\uD800',
	'a ',
	'a\n',
	'\n a',
	'%41',
	'&amp;',
	'&#0;',
	'https://a.b/c?d=e',
];

/** Random numbers that a seed repeats (mulberry32). */
export function randomOf(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
	};
}

export interface Case {
	/** How it was made, short enough to be made again. */
	name: string;
	text: string;
}

/** Every piece over and over, in every frame: what is not linear shows here. */
export function* repetitions({ frames, pieces }: Decoder, length: number): Generator<Case> {
	for (const [before, after] of frames)
		for (const piece of new Set([...COMMON, ...pieces]))
			yield {
				name: `${JSON.stringify(piece)} repeated within ${JSON.stringify([before, after])}`,
				text: before + piece.repeat(Math.ceil(length / piece.length)) + after,
			};
}

/** Short texts of random pieces: what is not foreseen shows here. */
export function* mixtures({ frames, pieces }: Decoder, count: number, seed: number): Generator<Case> {
	const all = [...COMMON, ...pieces, ...pieces, ...pieces];
	for (let number = 0; number < count; number++) {
		const random = randomOf(seed + number);
		const [before, after] = frames[random(frames.length)]!;
		const text = Array.from({ length: random(40) }, () => all[random(all.length)]!.repeat(1 + random(3))).join('');
		yield { name: `mixture ${seed + number}`, text: before + text + (random(4) === 0 ? '' : after) };
	}
}
