import type { Explanation } from '../../catalog/operation';

const CHECK = 'Check the parameters and the state of what the call is about.';
const text = (cause: string, remedy = CHECK, more: Partial<Explanation> = {}): Explanation => ({
	cause,
	remedy,
	...more,
});

/** Codes of SYNO.Core.*, SYNO.Storage.*, backup, snapshots and containers (system.md 12.1, backup.md A5 and C4, core.md 8.4). */
/** `3300` and `3328` refuse before anything is done: shared folders are written one at a time (system.md 12). */
export const errors: Readonly<Record<number, Explanation>> = {
	105: text(
		'The account may not do this in DSM: it takes an administrator, or one to whom this part was delegated',
		'Use an account of the group administrators, or delegate the task to it in Control Panel, User & Group.',
	),
	1006: text('Only administrators may read this', 'Use "Get information", which every account may read.'),
	1007: text(
		'The NAS is part of a high-availability cluster',
		'Restart or switch it off in Synology High Availability.',
	),
	1008: text('The history of the utilization is switched off', 'Switch it on in Resource Monitor, Settings.'),
	1055: text('The utilization could not be sent', 'Try again.', { busy: true }),
	2624: text('The NAS has no trust with the domain'),
	2701: text('LDAP is not configured'),
	3103: text('The expiry date is not valid'),
	3106: text('There is no such user'),
	3300: text(
		'The shared folder is still settling after another change, or a parameter is malformed',
		'Try again in a minute.',
		{ transient: true },
	),
	3301: text('The shared folder exists', 'Choose another name.'),
	3328: text('Another change of shared folders is going on', 'Try again when it is over.', { transient: true }),
	3329: text('The shared folder has as many snapshots as it may have', 'Delete some.'),
	3330: text('The shared folder is busy', 'Try again in a minute.'),
	3332: text('There is no such snapshot, or it is in a state that does not allow this', 'List the snapshots.'),
	3336: text('A replication of the shared folder is running', 'Try again when it is over.'),
	3338: text('The shared folder is in a state that does not allow this', 'Mount it if it is encrypted.'),
	3350: text('The snapshot is immutable', 'Nobody can delete it before its protection ends.'),
	3400: text('A parameter of the application privilege is missing or not valid'),
	3712: text('The fan mode is not supported', 'Choose a mode that Control Panel offers for this model.'),
	4203: text('The account has no one-time code configured'),
	4400: text('A parameter of the backup is missing or not valid'),
	4401: text('The backup failed without a reason', 'Look into the log of Hyper Backup.'),
	4458: text('There is no such backup task or version', 'List the backup tasks.'),
	4462: text('The backup task is busy, or in a state that does not allow this', 'Get its state first.'),
	4582: text('Other packages need this one', 'Stop those first.'),
	5100: text('A parameter of the block list is missing or not valid'),
	5103: text('A parameter of the block list is missing or not valid'),
	5300: text('A parameter of the bandwidth control is missing or not valid'),
};
