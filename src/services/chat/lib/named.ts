import type { ListCall } from '../../../core/call';
import type { Dsm } from '../../../core/dsm';
import { DsmInputError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { listUsers, type User } from '../wire/users';
import { idsByName } from './mentions';
import { peopleIfListed } from './people';

/** A user by his ID or a name: people know names, programs IDs. */
export const userRef = z.coerce
	.string<string | number>()
	.trim()
	.regex(/^(?!0*$)\d+$|\D/, 'is no ID and no name');

const isId = (ref: string): boolean => /^\d+$/.test(ref);

/**
 * IDs of users that are named by ID, login name or a nickname that only one of them has, with or without @ and regardless of case. `from`:
 * the list that the caller may read, which is asked only when there is a name. Throws DsmInputError for a name that nobody has.
 */
export async function usersNamed(
	dsm: Dsm,
	refs: readonly string[],
	{ path = ['user_ids'], from = listUsers }: { path?: string[]; from?: ListCall<User> } = {},
): Promise<number[]> {
	if (refs.every(isId)) return refs.map(Number);
	const byName = idsByName(await peopleIfListed(dsm, undefined, from));
	return refs.map((ref) => {
		const id = isId(ref) ? ref : byName.get(ref.replace(/^@/, '').toLowerCase());
		if (id !== undefined) return Number(id);
		throw new DsmInputError(`Chat has no user "${ref}".`, {
			path,
			hint: 'Give a login name, a nickname that only one user has, or the ID of a user.',
		});
	});
}
