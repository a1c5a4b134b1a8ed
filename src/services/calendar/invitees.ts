import type { Dsm } from '../../core/dsm';
import { DsmInputError } from '../../core/errors';
import { calls } from './calls';
import { rowsOf } from './place';
import type { Wire } from './row';

/**
 * Participants for the names or mail addresses of people, with the account of the connection as the one who invites (calendar.md 5.7).
 * Throws DsmInputError for a name that is no user of the NAS.
 */
export async function participantsOf(
	dsm: Dsm,
	people: readonly string[],
	known: readonly Wire[] = [],
): Promise<Wire[]> {
	if (people.length === 0) return [];
	const users = rowsOf(await dsm.call(calls.people, {}, { readOnly: true }));
	const find = (name: string) => {
		const wanted = name.toLowerCase();
		return users.find((user) => [user.user_name, user.email].some((one) => String(one ?? '').toLowerCase() === wanted));
	};
	const status = (email: string) => known.find((one) => one.email === email && one.role !== 'organizer')?.status;
	const guests = people.map((name): Wire => {
		const user = find(name);
		if (!user && !name.includes('@')) {
			throw new DsmInputError(`"${name}" is no user of the NAS.`, {
				path: ['invitees'],
				hint: 'Give a user name or a mail address.',
			});
		}
		const email = String(user?.email ?? name);
		return { ...entry(user, email), role: 'attendee', status: status(email) ?? 'needs_action' };
	});
	const boss = known.find(({ role }) => role === 'organizer') ?? organizer(dsm, find(dsm.account));
	return [boss, ...guests.filter(({ email }) => email !== boss.email)];
}

const entry = (user: Wire | undefined, email: string): Wire => ({
	type: user?.type ?? 'email',
	user_name: String(user?.user_name ?? ''),
	email,
	is_real_email: user?.is_real_email ?? true,
});

const organizer = (dsm: Dsm, user: Wire | undefined): Wire => ({
	...entry(user, String(user?.email ?? '')),
	type: 'dsm',
	user_name: dsm.account,
	role: 'organizer',
	status: 'accepted',
});
