import { operation, resource } from '../../../catalog/operation';
import { DsmApiError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { address, count, flag, given, somethingToChange } from '../fields';
import * as wire from '../wire/security';

const type = z
	.enum(['deny', 'allow'])
	.default('deny')
	.meta({ title: 'List', description: 'Which list', labels: { deny: 'Blocked', allow: 'Always allowed' } });

const list = operation({
	title: 'List blocked addresses',
	summary: 'Gives the addresses that are blocked after failed sign-ins, or always allowed. Needs an administrator.',
	call: wire.listBlocked,
	params: z.object({ type }),
});

const isIn = (rows: readonly { ip?: string | undefined }[], wanted: string): boolean =>
	rows.some(({ ip }) => ip === wanted);
const NOT_DONE = {
	hint: 'Change the list in Control Panel, Security, Protection: this release of DSM may want other parameters.',
};

/** What the call wants is inferred: the list is read again, so that nobody takes an address for blocked that is not. */
const block = operation({
	title: 'Block an address',
	summary: 'Keeps an address from signing in, or lets it in always. Needs an administrator.',
	call: wire.blockAddress,
	params: z.object({ address, type }),
	request: (params) => ({ type: params.type, ip_info: [params.address] }),
	then: { call: wire.listBlocked, request: (params) => ({ type: params.type }) },
	response(_, { params, then }) {
		if (!isIn(then, params.address))
			throw new DsmApiError(`The NAS took the call, but ${params.address} is not on the list.`, NOT_DONE);
		return { ip: params.address, type: params.type };
	},
	result: z.looseObject({ ip: z.string(), type: z.string() }),
	destructive: true,
});

const unblock = operation({
	title: 'Unblock an address',
	summary: 'Takes an address from the list of those that are blocked, or always allowed. Needs an administrator.',
	call: wire.unblockAddress,
	params: z.object({ address, type }),
	request: (params) => ({ type: params.type, ip_info: [params.address] }),
	then: { call: wire.listBlocked, request: (params) => ({ type: params.type }) },
	response(_, { params, then }) {
		if (isIn(then, params.address))
			throw new DsmApiError(`The NAS took the call, but ${params.address} is still on the list.`, NOT_DONE);
		return { ip: params.address, type: params.type };
	},
	result: z.looseObject({ ip: z.string(), type: z.string() }),
});

const getSettings = operation({
	title: 'Get auto block',
	summary: 'Says after how many failed sign-ins an address is blocked. Needs an administrator.',
	call: wire.getAutoBlock,
	params: z.object({}),
});

const settings = {
	enable: flag('Enabled', 'Whether addresses are blocked at all'),
	attempts: count('Attempts', 'Failed sign-ins after which an address is blocked', 1),
	within_mins: count('Within (Minutes)', 'Minutes in which they count', 1),
	expire_day: count('Unblock After (Days)', 'Days after which an address is let in again; 0 for never'),
};

/** The NAS wants all of it back, and success means accepted only: it is read again. */
const updateSettings = operation({
	title: 'Update auto block',
	summary: 'Changes when an address is blocked; what is not given stays. Needs an administrator.',
	known: { call: wire.getAutoBlock },
	call: wire.setAutoBlock,
	params: z.object(settings).refine(...somethingToChange(Object.keys(settings))),
	request: (params, known) => ({ expire_day: 0, ...known, ...given(params) }),
	then: { call: wire.getAutoBlock },
	response(_, { params, then }) {
		const left = Object.entries(given(params)).find(([name, value]) => then[name] !== value);
		if (!left) return then;
		throw new DsmApiError(`The NAS accepted the change of ${left[0]}, but did not apply it.`, {
			hint: 'Change it in Control Panel, Security, Protection.',
		});
	},
	result: wire.autoBlock,
});

const getProtection = operation({
	title: 'Get account protection',
	summary:
		'Says after how many failed sign-ins an account is locked, from known clients and from others. Needs an administrator.',
	call: wire.getProtection,
	params: z.object({}),
});

const limits = {
	enabled: flag('Enabled', 'Whether accounts are locked at all'),
	untrust_try: count(
		'Attempts of Unknown Clients',
		'Failed sign-ins of unknown clients after which an account is locked',
		1,
	),
	untrust_minute: count('Within (Minutes)', 'Minutes in which failed sign-ins of unknown clients count', 1),
	untrust_lock: count('Locked For (Minutes)', 'Minutes for which unknown clients are locked out', 1),
	trust_try: count('Attempts of Known Clients', 'Failed sign-ins of a known client after which it is locked', 1),
	trust_minute: count('Within, Known Clients (Minutes)', 'Minutes in which failed sign-ins of a known client count', 1),
	trust_lock: count('Locked For, Known Clients (Minutes)', 'Minutes for which a known client is locked out', 1),
};

/** As above. */
const updateProtection = operation({
	title: 'Update account protection',
	summary: 'Changes when an account is locked; what is not given stays. Needs an administrator.',
	known: { call: wire.getProtection },
	call: wire.setProtection,
	params: z.object(limits).refine(...somethingToChange(Object.keys(limits))),
	request: (params, known) => ({ ...known, ...given(params) }),
});

const listLocked = operation({
	title: 'List locked accounts',
	summary: 'Gives the accounts that are locked after failed sign-ins of unknown clients. Needs an administrator.',
	call: wire.listLocked,
	params: z.object({}),
});

/** The row with a name, wherever the release puts it. */
function rowNamed(rows: readonly wire.Locked[], name: string, what: string): wire.Locked {
	const found = rows.find((row) => Object.values(row).includes(name));
	if (found) return found;
	throw new DsmApiError(`${what} ${name} is not locked.`, { hint: 'List what is locked.' });
}

const unblockAccount = operation({
	title: 'Unlock an account',
	summary: 'Lets unknown clients sign in to a locked account again. Needs an administrator.',
	known: { call: wire.listLocked },
	call: wire.unlock,
	params: z.object({
		name: z
			.string()
			.trim()
			.min(1)
			.meta({ title: 'Account', description: 'Account that is locked', placeholder: 'e.g. bob' }),
	}),
	request: (params, known) => ({ users: [rowNamed(known, params.name, 'Account')] }),
});

const listDevices = operation({
	title: 'List locked clients',
	summary: 'Gives the known clients that are locked after failed sign-ins. Needs an administrator.',
	call: wire.listLockedDevices,
	params: z.object({}),
});

const unblockDevice = operation({
	title: 'Unlock a client',
	summary: 'Lets a locked known client sign in again. Needs an administrator.',
	known: { call: wire.listLockedDevices },
	call: wire.unlockDevice,
	params: z.object({
		name: z.string().trim().min(1).meta({
			title: 'Client',
			description: 'Any value of its row that names it alone',
			placeholder: 'e.g. bob',
		}),
	}),
	request: (params, known) => ({ devices: [rowNamed(known, params.name, 'Client')] }),
});

export const blockedAddresses = resource('Blocked address', { list, block, unblock, getSettings, updateSettings });
export const protections = resource('Account protection', { get: getProtection, update: updateProtection });
export const lockedAccounts = resource('Locked account', { list: listLocked, unblock: unblockAccount });
export const lockedClients = resource('Locked client', { list: listDevices, unblock: unblockDevice });
