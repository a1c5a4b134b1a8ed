import type { FileAnswer } from '../../../core/call';
import type { Dsm } from '../../../core/dsm';
import { isDsmError } from '../../../core/errors';
import { field } from '../../../catalog/row';
import { z } from '../../../vendor/zod';
import { file } from '../wire/files';
import { open, type Downloadable } from './download';
import { isClosed, isFolder } from './files';

/** A file or folder that something happened to. */
export const fileEvent = file
	.with({
		event_id: z.string(),
		display_path: field.text().default(''),
		/** Where it was, of what was moved, renamed or deleted. */
		previous_path: field.text().optional(),
		previous_name: field.text().optional(),
		/** Of what was moved: within the watched folder, into it or out of it. */
		direction: field.text().optional(),
	})
	.as({
		simple: [
			'event_id',
			'file_id',
			'name',
			'type',
			'display_path',
			'size',
			'modified_time',
			'previous_path',
			'previous_name',
			'direction',
		],
	});

export const download = z.boolean().default(false).meta({
	title: 'Download',
	description: 'Whether the file comes with the event; a document of Synology Office as Office file',
});

/** Seconds for a folder to be packed. */
const PACKING = 600;

/** The file of an event, unless it is a folder or is not there any more. */
export async function fileOf(
	event: Downloadable,
	given: { download: boolean },
	dsm: Dsm,
): Promise<FileAnswer | undefined> {
	if (!given.download || isFolder(event)) return undefined;
	try {
		return await open(dsm, event, PACKING);
	} catch (error) {
		if (isClosed(error) || (isDsmError(error) && error.dsmCode === 1003)) return undefined;
		throw error;
	}
}
