import type { Dsm } from '../../../core/dsm';
import { DsmInputError } from '../../../core/errors';
import { listInvitees, type Invitee, type Participant } from '../wire';

/**
 * Participants for the names or mail addresses of people, with the account of the connection as the one who invites (calendar.md 5.7).
 * Throws DsmInputError for a name that is no user of the NAS.
 */
export async function participantsOf(
	dsm: Dsm,
	people: readonly string[],
	known: readonly Participant[] = [],
): Promise<Participant[]> {
	if (people.length === 0) return [];
	const users = await dsm.list(listInvitees);
	const find = (name: string) => {
		const wanted = name.toLowerCase();
		return users.find((user) => [user.user_name, user.email].some((one) => one?.toLowerCase() === wanted));
	};
	const same = (email = '') =>
		known.find((one) => one.email?.toLowerCase() === email.toLowerCase() && one.role !== 'organizer');
	const guests = people.map((name): Participant => {
		const user = find(name);
		if (!user && !name.includes('@')) {
			throw new DsmInputError(`"${name}" is no user of the NAS.`, {
				path: ['invitees'],
				hint: 'Give a user name or a mail address.',
			});
		}
		const email = user?.email ?? name;
		return same(email) ?? { ...entry(user, email), role: 'attendee', status: 'needs_action' };
	});
	const organizer = known.find(({ role }) => role === 'organizer') ?? organizerOf(dsm, find(dsm.account));
	return [organizer, ...guests.filter(({ email }) => email !== organizer.email)];
}

const entry = (user: Invitee | undefined, email: string): Participant => ({
	type: user?.type ?? 'email',
	user_name: user?.user_name ?? '',
	email,
	is_real_email: user?.is_real_email ?? true,
});

const organizerOf = (dsm: Dsm, user: Invitee | undefined): Participant => ({
	...entry(user, user?.email ?? ''),
	type: 'dsm',
	user_name: dsm.account,
	role: 'organizer',
	status: 'accepted',
});
