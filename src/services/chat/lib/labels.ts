import type { Dsm } from '../../../core/dsm';
import { z } from '../../../vendor/zod';
import { channel, type Channel } from '../wire/channels';
import { listUsers, user, type User } from '../wire/users';
import { labelOf, ownUser, peopleIfListed, titleOf, type People } from './people';

/** A channel with what a person calls it: its name, or the other members of a conversation. */
export const labeledChannel = channel.with({ label: z.string().optional() });

/** A user with what a person calls him: "Alice (alice)". */
export const labeledUser = user.with({ label: z.string().optional() });

export interface Names {
	people: People;
	/** Own id; empty when Chat does not list the account. */
	me: string;
}

/** Conversations have no name but that of their members. Without the users the rows stay readable. */
export const namesOfPeople = {
	uses: [listUsers],
	async look(_given: unknown, dsm: Dsm): Promise<Names> {
		const people = await peopleIfListed(dsm);
		return { people, me: ownUser(people.values(), dsm)?.user_id ?? '' };
	},
};

export const withLabel = (row: Channel, { people, me }: Names) => ({ ...row, label: titleOf(row, people, me) });
export const userWithLabel = (row: User) => ({ ...row, label: labelOf(row) });

/** Rows of which one of the names is the text, regardless of case; if there are none, those of which one contains it. */
export function matching<R>(rows: readonly R[], text: string, namesOf: (row: R) => string[]): readonly R[] {
	const wanted = text.toLowerCase();
	const lower = (row: R) => namesOf(row).map((name) => name.toLowerCase());
	const exact = rows.filter((row) => lower(row).includes(wanted));
	return exact.length > 0 ? exact : rows.filter((row) => lower(row).some((name) => name.includes(wanted)));
}
