import type { FileAnswer } from '../../../core/call';
import type { Dsm } from '../../../core/dsm';
import { parseJson } from '../../../core/envelope';
import { DsmApiError, DsmProtocolError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { downloadFiles, downloadPacked, exportDocument, getFile, type DriveFile } from '../wire/files';
import { finished } from './driveTask';
import { isFolder } from './files';

/** What names a file and says how it is downloaded. */
export type Downloadable = Pick<DriveFile, 'file_id' | 'name' | 'type'>;

/** What Synology Office keeps as a stub of its own is exported to the format others read (drive.md 8). */
const EXPORTS: Record<string, string> = { odoc: 'docx', osheet: 'xlsx', oslides: 'pptx' };

const TYPES: Record<string, string> = {
	csv: 'text/csv',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	gif: 'image/gif',
	gz: 'application/gzip',
	html: 'text/html',
	jpeg: 'image/jpeg',
	jpg: 'image/jpeg',
	json: 'application/json',
	md: 'text/markdown',
	mp3: 'audio/mpeg',
	mp4: 'video/mp4',
	pdf: 'application/pdf',
	png: 'image/png',
	pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
	txt: 'text/plain',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	xml: 'application/xml',
	zip: 'application/zip',
};

const extensionOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

export const isOfficeName = (name: string): boolean => Object.hasOwn(EXPORTS, extensionOf(name));

/** The bytes of a file; of a document of Synology Office the export. `timeout`: seconds for a folder to be packed. */
export async function open(dsm: Dsm, file: Downloadable, timeout: number): Promise<FileAnswer> {
	if (isFolder(file)) return await archive(dsm, [`id:${file.file_id}`], file.name || 'Drive', timeout);
	if (isOfficeName(file.name)) return await exported(dsm, file);
	const params = { files: [`id:${file.file_id}`], force_download: true, json_error: true };
	const size = async () => (await dsm.call(getFile, { path: `id:${file.file_id}` })).size;
	return named(await dsm.file(downloadFiles, params, { size }), file.name);
}

/** The export of a document of Synology Office: `.odoc` to `.docx`, `.osheet` to `.xlsx`, `.oslides` to `.pptx`. */
export async function exported(dsm: Dsm, { file_id, name }: Downloadable): Promise<FileAnswer> {
	const extension = EXPORTS[extensionOf(name)];
	if (extension === undefined)
		throw new DsmApiError(`"${name}" is no document of Synology Office.`, {
			hint: 'Download it as it is, or choose a file that ends in .odoc, .osheet or .oslides.',
		});
	const as = name.replace(/\.[^.]+$/, `.${extension}`);
	return named(await dsm.file({ ...exportDocument, as }, { path: `id:${file_id}` }), as);
}

/** Downloads come as a stream of bytes of no kind; the name says more. */
const named = (answer: FileAnswer, name: string): FileAnswer => ({
	...answer,
	name,
	type: TYPES[extensionOf(name)] ?? answer.type,
});

/** Several files or a folder as ZIP: at once, or through a task of the NAS (drive.md 3.6). */
export async function archive(dsm: Dsm, files: string[], title: string, timeout: number): Promise<FileAnswer> {
	const archive_name = title.replace(/\.zip$/i, '');
	const params = { files, archive_name, force_download: true, json_error: true };
	const answer = await dsm.file(downloadPacked, params, { orAnswer: true });
	if (answer.type !== 'application/json') return { ...answer, name: `${archive_name}.zip`, type: 'application/zip' };
	const task_id = taskIdOf(await textOf(answer));
	const { archive_name: name = `${archive_name}.zip` } = await finished(dsm, task_id, { timeout, what: 'Packing' });
	const packed = await dsm.file(downloadPacked, { task_id });
	return { ...packed, name, type: 'application/zip' };
}

async function textOf({ stream }: FileAnswer): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}

/** The envelope that comes in place of an archive. */
const started = z.object({ data: z.object({ async_task_id: z.string().optional() }).optional() });

function taskIdOf(text: string): string {
	const { data } = started.safeParse(parseJson(text)).data ?? {};
	if (data?.async_task_id !== undefined) return data.async_task_id;
	throw new DsmProtocolError('Drive gave neither an archive nor a task that makes one.', {
		call: downloadFiles,
		retryable: true,
		hint: 'Drive may be starting or updating; try again.',
	});
}
