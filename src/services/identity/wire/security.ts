import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';

const read = { basis: 'capture', source: 'identity.md 6.2', readOnly: true } as const;
const write = { basis: 'clients', source: 'identity.md 6.2', confirmed: true } as const;
const inferred = { basis: 'inferred', source: 'identity.md 6.2', confirmed: true } as const;

export const autoBlock = row({
	enable: field.flag(),
	attempts: field.number(),
	within_mins: field.number(),
	/** 0: blocked for good. */
	expire_day: field.number().optional(),
});
export const getAutoBlock = call('SYNO.Core.Security.AutoBlock', 'get', 1, { answer: autoBlock, ...read });
export const setAutoBlock = repeatable(call('SYNO.Core.Security.AutoBlock', 'set', 1, write));

const RULES = 'SYNO.Core.Security.AutoBlock.Rules';
/** Rows are addresses, or objects that hold one. */
export const blocked = z.preprocess(
	(one) => (typeof one === 'string' ? { ip: one } : one),
	row({ ip: field.text().optional() }),
);
export const listBlocked = call(RULES, 'list', 1, {
	list: 'ip_info',
	of: blocked,
	page: 500,
	basis: 'capture',
	source: 'system.md 4',
	readOnly: true,
});
/** The names of the parameters are those of the list and its answer: no source tells others. */
export const blockAddress = repeatable(call(RULES, 'create', 1, inferred));
export const unblockAddress = repeatable(call(RULES, 'delete', 1, inferred));

export const protection = row({
	enabled: field.flag(),
	trust_try: field.number(),
	trust_minute: field.number(),
	trust_lock: field.number(),
	untrust_try: field.number(),
	untrust_minute: field.number(),
	untrust_lock: field.number(),
});
export const getProtection = call('SYNO.Core.SmartBlock', 'get', 1, { answer: protection, ...read });
export const setProtection = repeatable(call('SYNO.Core.SmartBlock', 'set', 1, write));

/** What a row holds is not known beyond that it stands for an account or a device: text counts as its name. */
const locked = z.preprocess(
	(one) => (typeof one === 'string' ? { name: one } : one),
	row({ name: field.text().optional() }),
);
export type Locked = z.output<typeof locked>;
export const listLocked = call('SYNO.Core.SmartBlock.Untrusted', 'list', 1, { list: 'users', of: locked, ...read });
export const listLockedDevices = call('SYNO.Core.SmartBlock.Trusted', 'list', 1, {
	list: 'devices',
	of: locked,
	...read,
});
/** Unlocks; there is no `delete` (103). It is taken to want the row of the list back. */
export const unlock = repeatable(call('SYNO.Core.SmartBlock.Untrusted', 'pardon', 1, inferred));
export const unlockDevice = repeatable(call('SYNO.Core.SmartBlock.Trusted', 'pardon', 1, inferred));
