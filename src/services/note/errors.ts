import type { Explanation } from '../../catalog/operation';

/**
 * Codes of SYNO.NoteStation.* (notestation.md 2.5). The package's own 1000-range is unpublished; `errors.synodrive` is decoration and
 * says nothing about Synology Drive.
 */
export const errors: Record<number, Explanation> = {
	102: {
		cause: 'Note Station is not installed or not running',
		remedy: 'Install or start the package "Note Station" in the Package Center.',
	},
	105: {
		cause: 'The account may not do this in Note Station',
		remedy: 'Grant the account the application privilege "Note Station" in Control Panel, or the right to this note.',
	},
	108: {
		cause: 'Note Station did not take the file',
		remedy: 'Try again; check that a proxy in between lets uploads of this size through.',
	},
	114: {
		cause: 'A parameter is missing or has the wrong type',
		remedy: 'Check the parameters; IDs are texts like 1026_HA1TIJA4MT5FT3S16184HFREBC.',
	},
	1032: {
		cause: 'There is no such shelf',
		remedy: 'A shelf exists as long as a notebook stands on it: put a notebook on it.',
	},
	1058: {
		cause: 'No export or import of this account is running',
		remedy: 'Start it again; the NAS forgets a task when Note Station is restarted.',
	},
};
