import { DsmInputError } from '../../src/core/errors';

/** Work for `apart`, of many kinds. */
export function endless(_text: string): never {
	for (;;);
}

export const reversed = (text: string): string => [...text].reverse().join('');

export function refuses(text: string): never {
	throw new DsmInputError(`"${text.slice(0, 3)}" is wrong.`, { path: ['a'], hint: 'Give another one.' });
}

export function fails(_text: string): never {
	throw new TypeError('a fault of the program');
}

/** Takes more memory than a thread has. */
export function greedy(_text: string): number {
	const all: number[][] = [];
	for (;;) all.push(Array.from({ length: 1_000_000 }, (_, index) => index * 1.5));
}

/** Ends the thread that it ran in, once its result has left. */
export function leaves(text: string): number {
	setTimeout(() => process.exit(), 100);
	return text.length;
}
