import { davOperation } from '../../../catalog/davOperation';
import { file as fileParam, fileAnswer } from '../../../catalog/fields';
import { resource } from '../../../catalog/operation';
import { DsmApiError, DsmInputError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { browsing, path as filePath } from '../../file/fields';
import { endpoint, endpointOf } from '../lib/endpoint';
import { entry } from '../lib/entries';
import * as wire from '../wire/dav';

const SAMPLE = 'e.g. /docs/reports/may.pdf';
const path = filePath().meta({
	title: 'Path',
	description: 'Path of a file or folder, from the shared folder on; /home is the own home folder',
	placeholder: SAMPLE,
});
const folder = z
	.union([z.literal('/'), filePath()])
	.default('/')
	.meta({
		title: 'Folder',
		description: 'Path of a folder, from the shared folder on; / has the shared folders themselves',
		...browsing({ filetype: 'dir' }),
		by: { path: 'e.g. /docs/reports' },
	});
const overwrite = z
	.boolean()
	.default(false)
	.meta({ title: 'Overwrite', description: 'Whether what has the name already is replaced' });
const etag = z.string().trim().min(1).optional().meta({
	title: 'ETag',
	description: 'ETag that was read: nothing is done when somebody changed the file since then',
	advanced: true,
});
const held = {
	title: 'Lock Token',
	description: 'Token of the lock that is held on it',
	placeholder: 'e.g. opaquelocktoken:…',
	passing: true,
};
const token = z.string().trim().min(1);
const lock_token = token.optional().meta({ ...held, advanced: true });

interface Place {
	protocol: 'http' | 'https';
	port: number;
	path: string;
}
const at = ({ path: named, ...place }: Place): wire.At => ({ endpoint: endpointOf(place), path: named });

/** What it is, is asked first: folders have another address, and are no files. */
const read = { ask: wire.readEntry, request: at };

const list = davOperation({
	title: 'List files in a folder',
	summary: 'Gives the files and folders in a folder, over WebDAV.',
	ask: wire.listEntries,
	params: z.object({ folder, ...endpoint }),
	request: ({ folder: within, ...place }) => at({ ...place, path: within }),
});

const get = davOperation({
	title: 'Get a file or folder',
	summary: 'Gives size, time and ETag of a file or folder, over WebDAV.',
	ask: wire.readEntry,
	params: z.object({ path, ...endpoint }),
	request: at,
	response: (found) => found,
	result: entry,
});

const download = davOperation({
	title: 'Download a file',
	summary: 'Gives a file or a part of it, over WebDAV. A transfer that breaks off is continued where it stopped.',
	known: read,
	ask: wire.getFile,
	params: z.object({
		path,
		range: z
			.string()
			.trim()
			.regex(/^(\d+-\d*|-\d+)$/, 'is no range of bytes, e.g. 0-1023')
			.optional()
			.meta({
				title: 'Bytes',
				description: 'First and last byte to read, counted from 0; the whole file when empty',
				placeholder: 'e.g. 0-1023',
				advanced: true,
			}),
		...endpoint,
	}),
	request({ range, ...place }, { is_folder, size }) {
		if (!is_folder) return { ...at(place), range, size };
		throw new DsmApiError(`"${place.path}" is a folder, not a file.`, {
			hint: 'List the folder, and download its files.',
		});
	},
	result: fileAnswer(),
	returns: 'file',
});

const upload = davOperation({
	title: 'Upload a file',
	summary: 'Writes a file, over WebDAV. The folder must exist.',
	ask: wire.putFile,
	params: z.object({
		file: fileParam().meta({ title: 'File', description: 'File to write' }),
		folder: filePath().meta({
			title: 'Folder',
			description: 'Path of the folder that the file goes to',
			placeholder: 'e.g. /docs/reports',
		}),
		name: z
			.string()
			.trim()
			.regex(/^[^/\\\0-\x1f]+$/, 'is no name of a file')
			.optional()
			.meta({
				title: 'Name',
				description: 'Name of the file on the NAS; its own when empty',
				placeholder: 'e.g. may.pdf',
			}),
		overwrite,
		etag,
		lock_token,
		...endpoint,
	}),
	request({ file, folder: within, name = file.name, overwrite: replaces, etag: version, lock_token: lock, ...place }) {
		if (name === '' || name === '.' || name === '..')
			throw new DsmInputError('The file has no name.', { path: ['name'], hint: 'Give the name that it shall have.' });
		return { ...at({ ...place, path: `${within}/${name}` }), file, overwrite: replaces, etag: version, lock };
	},
	response: (written) => written,
	result: entry.with({ created: z.boolean() }),
});

const to = filePath().meta({
	title: 'Destination',
	description: 'Path that it shall have, with its name',
	placeholder: 'e.g. /docs/archive/may.pdf',
});

function refuseItself(from: string, destination: string): void {
	if (destination !== from && !destination.startsWith(`${from}/`)) return;
	throw new DsmInputError(`"${destination}" lies at or below "${from}" itself.`, {
		path: ['to'],
		hint: 'Choose another destination.',
	});
}

const transferParams = z.object({ path, to, overwrite, lock_token, ...endpoint });

const move = davOperation({
	title: 'Move a file or folder',
	summary: 'Gives a file or folder another path, and so another name, over WebDAV.',
	known: read,
	ask: wire.moveEntry,
	params: transferParams,
	request({ to: destination, overwrite: replaces, lock_token: lock, ...place }, { is_folder }) {
		refuseItself(place.path, destination);
		return { ...at(place), to: destination, overwrite: replaces, lock, is_folder };
	},
	response: (moved) => moved,
	result: entry,
});

const copy = davOperation({
	title: 'Copy a file or folder',
	summary: 'Copies a file, or a folder with all in it, over WebDAV.',
	known: read,
	ask: wire.copyEntry,
	params: transferParams,
	request({ to: destination, overwrite: replaces, lock_token: lock, ...place }, { is_folder }) {
		refuseItself(place.path, destination);
		return { ...at(place), to: destination, overwrite: replaces, lock, is_folder };
	},
	response: (copied) => copied,
	result: entry,
});

const remove = davOperation({
	title: 'Delete a file or folder',
	summary: 'Deletes a file, or a folder with all in it, over WebDAV.',
	known: read,
	ask: wire.deleteEntry,
	params: z.object({ path, etag, lock_token, ...endpoint }),
	request({ etag: version, lock_token: lock, ...place }, { is_folder }) {
		if (place.path.lastIndexOf('/') === 0)
			throw new DsmApiError(`"${place.path}" is a shared folder, which WebDAV cannot delete.`, {
				hint: 'Delete it in Control Panel, Shared Folder.',
			});
		return { ...at(place), etag: version, lock, is_folder };
	},
	response: (gone) => gone,
	result: z.object({ path: z.string() }),
	destructive: true,
	deletes: true,
});

const seconds = z.coerce.number<number | string>().int().min(1).max(86_400).default(600).meta({
	title: 'Seconds',
	description: 'Seconds after which the lock ends by itself; the NAS may grant another time',
});
const lockRow = z.object({ path: z.string(), lock_token: z.string(), seconds: z.number() });
const heldToken = token.meta(held);

const lock = davOperation({
	title: 'Lock a file',
	summary: 'Keeps others from writing to a file over WebDAV until it is unlocked or the time is over.',
	ask: wire.lockFile,
	params: z.object({ path, seconds, ...endpoint }),
	request: ({ seconds: long, ...place }) => ({ ...at(place), seconds: long }),
	response: (made) => made,
	result: lockRow,
});

const renew = davOperation({
	title: 'Renew a lock',
	summary: 'Lets the time of a lock begin anew, over WebDAV.',
	known: read,
	ask: wire.renewLock,
	params: z.object({ path, lock_token: heldToken, seconds, ...endpoint }),
	request: ({ seconds: long, lock_token: held_token, ...place }, { is_folder }) => ({
		...at(place),
		seconds: long,
		lock: held_token,
		is_folder,
	}),
	response: (made) => made,
	result: lockRow,
});

const unlock = davOperation({
	title: 'Unlock a file',
	summary: 'Ends a lock on a file, over WebDAV.',
	known: read,
	ask: wire.unlockFile,
	params: z.object({ path, lock_token: heldToken, ...endpoint }),
	request: ({ lock_token: held_token, ...place }, { is_folder }) => ({ ...at(place), lock: held_token, is_folder }),
	response: (done) => done,
	result: z.object({ path: z.string() }),
});

const createFolder = davOperation({
	title: 'Create a folder',
	summary: 'Creates a folder, over WebDAV. The one above it must exist.',
	ask: wire.makeFolder,
	params: z.object({ path, ...endpoint }),
	request: at,
	response: (made) => made,
	result: entry,
});

export const files = resource('File', {
	list,
	get,
	download,
	upload,
	move,
	copy,
	delete: remove,
	lock,
	renewLock: renew,
	unlock,
});
export const folders = resource('Folder', { create: createFolder });
