import type { Explanation } from '../../catalog/operation';

const ADMIN = 'Use an account of the group "administrators".';
const PLACE =
	'Check the path or ID. Team folders must be enabled in the Drive Admin Console, My Drive needs the user home service, and the account needs access.';

/** Codes of SYNO.SynologyDrive* (drive.md 10), user side and Admin Console. The NAS's own reason stays on the error. */
export const errors: Record<number, Explanation> = {
	401: {
		cause: 'Drive could not carry it out: a task that is not there any more, or a parameter it does not understand',
		remedy: 'Check the IDs; tasks belong to the session that started them.',
	},
	402: { cause: 'Only administrators may do this in Drive', remedy: ADMIN },
	403: { cause: 'Drive does not allow this for the user', remedy: 'Ask the owner or an administrator for the right.' },
	500: { cause: 'The Drive package is disabled', remedy: 'Start Synology Drive Server in the Package Center.' },
	501: { cause: 'Drive is not ready for the user or the shared folder', remedy: 'Try again in a minute.' },
	502: { cause: 'A volume is full', remedy: 'Free space on the volume.' },
	503: { cause: 'Drive is paused by a migration of its database', remedy: 'Wait until the migration has ended.' },
	600: { cause: 'The target volume of the move is full', remedy: 'Free space, or choose another volume.' },
	601: { cause: 'There is no such volume', remedy: 'Choose a volume that the NAS has.' },
	602: { cause: 'The volume is not writable', remedy: 'Look at the volume in Storage Manager.' },
	603: { cause: 'The shared folder is not mounted', remedy: 'Mount the encrypted shared folder first.' },
	604: { cause: 'The volume is not valid', remedy: 'Choose another volume.' },
	1000: { cause: 'Drive does not find the place, or could not carry it out', remedy: PLACE },
	1002: {
		cause: 'The account has no access to the file, or the file is not ready yet',
		remedy: 'Have it shared with the account; a file that was just written may need a second.',
	},
	1003: { cause: 'There is no such file or folder in Drive', remedy: PLACE },
	1004: {
		cause: 'The item is not in the trash, and only what is there can be deleted for ever',
		remedy: 'Delete it first, then delete it permanently.',
	},
	1022: {
		cause: 'An item of that name exists at the target',
		remedy: 'Choose another name, or what shall happen when the name is taken.',
	},
	1035: { cause: 'The name is too long', remedy: 'Use a shorter name.' },
	1036: { cause: 'The item has no public link yet', remedy: 'Create one first.' },
	1037: { cause: 'The link needs a password, or the password is wrong', remedy: 'Give the password of the link.' },
	1054: {
		cause: 'The file is locked by an upload that broke off',
		remedy: 'Try again in a few minutes.',
	},
	1076: {
		cause: 'File requests are switched off',
		remedy: 'An administrator enables them in the Drive Admin Console.',
	},
	1100: { cause: 'The folder exists already', remedy: 'Choose another name.' },
};

/** Codes of the Version Explorer, whose numbers mean nothing in other APIs of Drive (drive.md 10). */
export const errorsOf: Record<string, Record<number, Explanation>> = {
	'SYNO.SynologyDrive.Node.Download': {
		405: { cause: 'The previous download task has not ended', remedy: 'Wait until it has ended, then try again.' },
	},
	'SYNO.SynologyDrive.Node.Restore': {
		406: {
			cause: 'The previous restore task has not ended',
			remedy: 'Drive restores one thing at a time: try again in a minute.',
			transient: true,
		},
		408: { cause: 'A file stands in the way of the restore', remedy: 'Rename or move that file first.' },
		409: { cause: 'The volume is too full for the restore', remedy: 'Free space on the volume.' },
	},
	'SYNO.SynologyDrive.Node.Delete': {
		407: { cause: 'The previous delete task has not ended', remedy: 'Wait until it has ended, then try again.' },
	},
};
