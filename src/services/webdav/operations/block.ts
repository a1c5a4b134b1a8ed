import { resource } from '../../../catalog/operation';
import { blockedAddresses } from '../../identity/operations/security';

const { list, getSettings, updateSettings } = blockedAddresses.operations;
const right = 'administrator';

/** Blocking is one for all of DSM, and counts logins over WebDAV, too: the operations are those of Identity. */
export const blocks = resource('Auto Block', {
	get: { ...getSettings, right },
	update: { ...updateSettings, right },
	list: { ...list, right },
} as const);
