import type { TaskEnd } from '../../../catalog/backgroundTask';
import { operation, resource } from '../../../catalog/operation';
import { timeout } from '../../../catalog/tasks';
import { DsmApiError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { refuseFailed } from '../lib/outcomes';
import { DETAILS, entriesOf } from '../lib/stat';
import {
	archive_password,
	archive_path,
	codepage,
	compressParams,
	compressRequest,
	extractParams,
	extractRequest,
} from '../lib/taskParams';
import { entry, getInfo, listArchive, type Entry, type LookedUp } from '../wire/files';
import { compression, extraction } from '../wire/tasks';

/** What was made, when the task says that all went well and it is there. */
function madeAt(target: string, end: TaskEnd<unknown>, then: readonly LookedUp[], what: string): Entry {
	refuseFailed(end, what);
	const made = entriesOf(then, [target]).get(target);
	if (made) return made;
	throw new DsmApiError(`DSM reported success, but "${target}" is not there.`, {
		hint: 'Look at the folder on the NAS, then try again.',
	});
}

const lookAt = (target: string) => ({ path: [target], additional: DETAILS });

/** An archive that exists is added to, unless another mode is chosen. */
const compress = operation({
	title: 'Compress files or folders',
	summary: 'Puts files or folders into an archive on the NAS and waits for it.',
	call: compression.start,
	wait: compression.wait('Compressing'),
	params: compressParams.extend({ timeout: timeout(1800) }),
	request: compressRequest,
	then: { call: getInfo, request: ({ archive }) => lookAt(archive) },
	response: (end, { params, then }) => madeAt(params.archive, end, then, 'Compressing'),
	result: entry,
});

/** Files that exist are kept, unless their replacement is chosen. */
const extract = operation({
	title: 'Extract an archive',
	summary: 'Extracts the files of an archive on the NAS into a folder and waits for it.',
	call: extraction.start,
	wait: extraction.wait('Extracting'),
	params: extractParams.extend({ timeout: timeout(1800) }),
	request: extractRequest,
	then: { call: getInfo, request: ({ destination }) => lookAt(destination) },
	response: (end, { params, then }) => madeAt(params.destination, end, then, 'Extracting'),
	result: entry,
});

const listItems = operation({
	title: 'List files in an archive',
	summary: 'Gives what is in an archive on the NAS, without taking it out.',
	call: listArchive,
	params: z.object({ path: archive_path, password: archive_password, codepage }),
	request: ({ path: source, ...rest }) => ({ file_path: source, ...rest }),
});

export const archives = resource('Archive', { compress, extract, listItems });
