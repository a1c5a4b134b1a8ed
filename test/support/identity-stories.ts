import type { IdentityState } from '../../src/simulator/services/identity/state';

/** One event of the NAS, as a host's user would see it. */
export interface IdentityStory {
	event: string;
	params?: Record<string, string | boolean>;
	/** Before the trigger starts. */
	before?: (identity: IdentityState) => unknown;
	/** Makes it happen. */
	happen: (identity: IdentityState) => unknown;
	/** A thing that is gone is told at the second look without it. */
	twice?: true;
	/** What the event says. */
	tells: Record<string, unknown>;
}

const bob = ({ nas }: IdentityState) => nas.user('bob');

export const identityStories: readonly IdentityStory[] = [
	{
		event: 'signedIn',
		happen: (identity) => identity.signIn('bob', '198.51.100.7', 'Firefox'),
		tells: { user: 'bob', address: '198.51.100.7', application: 'DSM', user_agent: 'Firefox' },
	},
	{
		event: 'signInFailed',
		happen: (identity) => identity.failSignIn('admin', '198.51.100.7'),
		tells: { user: 'admin', address: '198.51.100.7' },
	},
	{
		event: 'newPlace',
		happen: (identity) => identity.signIn('bob', '198.51.100.7', 'Firefox'),
		tells: { user: 'bob', is_new_address: true, is_new_client: true },
	},
	{
		event: 'addressBlocked',
		happen: ({ nas, now }) => nas.autoBlock.deny.set('198.51.100.7', now),
		tells: { ip: '198.51.100.7' },
	},
	{ event: 'accountLocked', happen: (identity) => identity.lock('bob'), tells: { name: 'bob' } },
	{
		event: 'sessionOpened',
		params: { who: 'bob' },
		happen: (identity) => identity.signIn('bob', '198.51.100.7', 'Firefox'),
		tells: { who: 'bob', from: '198.51.100.7', user_agent: 'Firefox' },
	},
	{
		event: 'sessionEnded',
		params: { who: 'bob' },
		before: (identity) => identity.connect('bob', '198.51.100.7'),
		happen: ({ nas }) => nas.connections.splice(0),
		twice: true,
		tells: { who: 'bob', from: '198.51.100.7', type: 'CIFS' },
	},
	{ event: 'userCreated', happen: (identity) => identity.addUser('dora'), tells: { name: 'dora', expired: 'normal' } },
	{
		event: 'userChanged',
		happen: (identity) => (bob(identity).email = 'robert@example.com'),
		tells: { name: 'bob', changed: ['email'] },
	},
	{
		event: 'userDisabled',
		happen: (identity) => identity.expire(bob(identity), 'now'),
		tells: { name: 'bob', previous_state: 'enabled' },
	},
	{
		event: 'twoFactorDisabled',
		before: (identity) => (bob(identity).otpSecret = 'JBSWY3DPEHPK3PXP'),
		happen: (identity) => delete bob(identity).otpSecret,
		tells: { name: 'bob', previous_state: 'on' },
	},
	{ event: 'groupCreated', happen: (identity) => identity.addGroup('sales'), tells: { name: 'sales' } },
	{
		event: 'groupChanged',
		happen: ({ groups }) => (groups[1]!.description = 'Web'),
		tells: { name: 'http', changed: ['description'] },
	},
	{
		event: 'membershipChanged',
		params: { group: 'administrators' },
		happen: (identity) => identity.join('bob', 'administrators'),
		tells: { group: 'administrators', user: 'bob', change: 'joined' },
	},
];
