import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { confirm, raw } from '../fields';
import { getAdminSetting, setAdminSetting, setAdminSharing } from '../wire/web';

const guarded = {
	params: z.object({ parameters: raw, confirm }),
	request: ({ parameters }: { parameters: Record<string, unknown> }) => parameters,
	destructive: true,
} as const;

/** `migrate` is left out: it moves everybody's contacts (contacts.md 2.2). */
const get = operation({
	title: 'Get the settings of administrators',
	summary: 'Gives the account system and the state of migration; for administrators only.',
	right: 'administrator',
	call: getAdminSetting,
	params: z.object({}),
});

const setAccountSystem = operation({
	title: 'Set the account system',
	summary:
		'Switches between local, domain and LDAP users, which hides the address books of the others; for administrators only, with parameters as you give them.',
	right: 'administrator',
	call: setAdminSetting,
	...guarded,
});

const setSharing = operation({
	title: 'Set the rule of sharing',
	summary: 'Allows or forbids the sharing of address books; for administrators only, with parameters as you give them.',
	right: 'administrator',
	call: setAdminSharing,
	...guarded,
});

export const settings = resource('Administration', { get, setAccountSystem, setSharing });
