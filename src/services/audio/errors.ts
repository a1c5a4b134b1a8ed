import type { Explanation } from '../../catalog/operation';

/**
 * Audio Station has no codes of its own that any source explains (audiostation.md 5); the common ones are explained where they mean
 * something special here.
 */
export const errors: Readonly<Record<number, Explanation>> = {
	100: {
		cause: 'Audio Station failed without saying why',
		remedy:
			'Check that the player is there and switched on, the name is not taken, and what it is about still exists; lists tell.',
	},
};
