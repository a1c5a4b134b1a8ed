import { file as fileParam } from '../../../catalog/fields';
import { operation, procedure } from '../../../catalog/operation';
import { quoted } from '../../../core/call';
import type { Dsm } from '../../../core/dsm';
import { z } from '../../../vendor/zod';
import { browsing } from '../../file/fields';
import { destination, folder, login, unzip_password, urls } from '../fields';
import { createTask, createTask2, DETAILS, listTasks } from '../wire/tasks';

/** Some packages offer version 1 of the newer family with another form (downloadstation.md 1). */
async function hasNewFamily(dsm: Dsm): Promise<boolean> {
	const { [createTask2.api]: info } = await dsm.apis([createTask2.api]);
	return info !== undefined && info.maxVersion >= 2;
}

interface Wanted {
	urls: readonly string[];
	destination?: string | undefined;
	username?: string | undefined;
	password?: string | undefined;
	unzip_password?: string | undefined;
}

const idsNow = async (dsm: Dsm): Promise<Set<string>> =>
	new Set((await dsm.list(listTasks, {}, { readOnly: true })).map(({ id }) => id));

/** The older family does not tell the new ids: what is there afterwards and was not before. Its list goes by commas. */
async function createOld(dsm: Dsm, { urls: uris, ...rest }: Wanted): Promise<string[]> {
	const before = await idsNow(dsm);
	await dsm.call(createTask, { ...rest, uri: uris.map((one) => one.replaceAll(',', '%2C')) });
	return [...(await idsNow(dsm))].filter((id) => !before.has(id));
}

async function createNew(dsm: Dsm, { urls: url, unzip_password: extract, ...rest }: Wanted): Promise<string[]> {
	const wire = { ...rest, type: 'url', url, destination: rest.destination ?? '', create_list: false };
	const { task_id: made = [] } = await dsm.call(createTask2, {
		...wire,
		...(extract && { extract_password: extract }),
	});
	return made.length > 0 ? made : await idsOf(dsm, url);
}

/** The newest task of each address, where the answer says nothing of what was made (downloadstation.md 4.2). */
async function idsOf(dsm: Dsm, made: readonly string[]): Promise<string[]> {
	const rows = await dsm.list(listTasks, { additional: DETAILS }, { readOnly: true });
	return made.flatMap((url) => rows.findLast(({ uri }) => uri === url)?.id ?? []);
}

/** Code: which family of the API there is decides how a task is created and how its ID is learnt. */
export const create = procedure({
	title: 'Create download tasks',
	summary: 'Begins to download addresses of the web, of FTP servers or magnet links, and gives the IDs of the tasks.',
	uses: [createTask2, createTask, listTasks],
	params: z.object({ urls, destination, ...login, unzip_password }),
	result: z.object({ task_ids: z.array(z.string()) }),
	run: async (given, dsm) => ({
		task_ids: (await hasNewFamily(dsm)) ? await createNew(dsm, given) : await createOld(dsm, given),
	}),
});

/** The part of the file is named by another one, and comes last (downloadstation.md 5.1). */
export const createFromFile = operation({
	title: 'Create a download task from a file',
	summary: 'Begins to download what a .torrent or .nzb file describes, and gives the ID of the task.',
	call: createTask2,
	params: z.object({
		file: fileParam().meta({ title: 'File', description: 'A .torrent or .nzb file', widget: 'file' }),
		destination,
		unzip_password,
	}),
	request: ({ file, destination: to = '', unzip_password: extract }, _, { now }) => ({
		type: quoted('file'),
		file: quoted(['torrent']),
		destination: quoted(to),
		create_list: quoted(false),
		...(extract && { extract_password: quoted(extract) }),
		mtime: Math.floor(now),
		size: file.size,
		torrent: { ...file, type: 'application/x-bittorrent' },
	}),
	response: ({ task_id: made = [] }) => ({ task_ids: made }),
	result: z.object({ task_ids: z.array(z.string()) }),
});

/** Code: the older family does not tell the new ID. */
export const createFromPath = procedure({
	title: 'Create a download task from a file on the NAS',
	summary: 'Begins to download what a .torrent or .nzb file on the NAS describes, and gives the ID of the task.',
	uses: [createTask, listTasks],
	params: z.object({
		path: folder
			.refine((path) => /^[^/]*\/.+\.(torrent|nzb)$/is.test(path), 'is no .torrent or .nzb file in a shared folder')
			.meta({
				title: 'File',
				description: 'Path of a .torrent or .nzb file, from the shared folder on',
				...browsing(),
				by: { path: 'e.g. downloads/new.torrent' },
			}),
		destination,
		unzip_password,
	}),
	result: z.object({ task_ids: z.array(z.string()) }),
	run: async ({ path, ...rest }, dsm) => ({ task_ids: await createOld(dsm, { ...rest, urls: [path] }) }),
});
