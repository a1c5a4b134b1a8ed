import { z } from '../../vendor/zod';
import { browsing } from '../file/fields';

export const task_id = z.coerce
	.string<string | number>()
	.min(1)
	.meta({
		title: 'Task',
		description: 'Download task to work with',
		widget: 'picker',
		choices: { from: 'download.task.list', value: 'id', label: 'title' },
		by: { id: 'e.g. dbid_86' },
	});

const partsOf = (given: string | readonly string[], separator: RegExp): string[] =>
	(typeof given === 'string' ? given.split(separator) : [...given]).flatMap((part) => part.trim() || []);

export const task_ids = z
	.union([z.string().min(1), z.array(z.string().min(1)).min(1)])
	.transform((given, context) => {
		const list = partsOf(given, /[,\n]/);
		if (list.length > 0) return list;
		context.addIssue({ code: 'custom', message: 'names no task' });
		return z.NEVER;
	})
	.meta({
		title: 'Tasks',
		description: 'IDs of download tasks: one, several with commas between them, or an array from an expression',
		placeholder: 'e.g. dbid_86, dbid_87',
		widget: 'multiline',
	});

const ADDRESS = /^(https?|ftps?|sftp|magnet|ed2k|thunder|flashget|qqdl):\S/i;

/** One address a line: commas belong to addresses. */
export const urls = z
	.union([z.string().min(1), z.array(z.string().min(1)).min(1)])
	.transform((given, context) => {
		const list = partsOf(given, /\n/);
		const wrong = list.find((one) => !ADDRESS.test(one));
		if (wrong === undefined && list.length > 0) return list;
		context.addIssue({ code: 'custom', message: `"${wrong ?? ''}" is no address, e.g. https://… or magnet:?…` });
		return z.NEVER;
	})
	.meta({
		title: 'Addresses',
		description: 'What to download: addresses of the web, FTP or magnet links, each in a line of its own, or an array',
		placeholder: 'e.g. https://files.example/release.iso',
		widget: 'multiline',
	});

/** Download Station takes no slash in front (downloadstation.md 4.1); whoever writes one means the same. */
export const folder = z
	.string()
	.min(1)
	.transform((text, context) => {
		const plain = text
			.trim()
			.replace(/^\/(volume\d+\/)?/, '')
			.replace(/\/+$/, '');
		if (plain !== '') return plain;
		context.addIssue({ code: 'custom', message: 'is no folder, e.g. downloads/new' });
		return z.NEVER;
	});

const picked = {
	title: 'Destination',
	...browsing({ filetype: 'dir' }),
	by: { path: 'e.g. downloads/new' },
};
const IS_THERE = 'Folder that must exist: a shared folder from the list, or a path that begins with one';
export const destination = folder.optional().meta({
	...picked,
	description: `${IS_THERE}; the default of the account when empty`,
});
export const new_destination = folder.optional().meta({ ...picked, description: `${IS_THERE}; as it is when empty` });
export const needed_destination = folder.meta({ ...picked, description: IS_THERE });

/** Account on the server that the file is on. */
export const login = {
	username: z
		.string()
		.optional()
		.meta({ title: 'User', description: 'User name where the server asks for one', advanced: true }),
	password: z.string().optional().meta({
		title: 'Password',
		description: 'Password where the server asks for one',
		widget: 'secret',
		advanced: true,
	}),
};
export const unzip_password = z.string().optional().meta({
	title: 'Archive Password',
	description: 'Password with which the archive is extracted',
	widget: 'secret',
	advanced: true,
});

export const file_indexes = z
	.union([z.string().min(1), z.array(z.coerce.number<number | string>().int().min(0)).min(1)])
	.transform((chosen, context) => {
		if (typeof chosen !== 'string') return chosen;
		if (/^\s*\d+\s*(,\s*\d+\s*)*$/.test(chosen)) return chosen.split(',').map(Number);
		context.addIssue({ code: 'custom', message: `"${chosen}" are no index numbers, e.g. 0, 2` });
		return z.NEVER;
	})
	.meta({
		title: 'Files',
		description: 'Index numbers of the files: one, several with commas between them, or an array',
		placeholder: 'e.g. 0, 2',
		widget: 'multiline',
	});

export const task_priority = z.enum(['auto', 'low', 'normal', 'high']).optional();

/** What was given of something that keeps the rest. */
export const given = (values: object): Record<string, unknown> =>
	Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** Settings of which at least one is given. */
export const changesOf = <S extends z.ZodRawShape>(shape: S) =>
	z.object(shape).refine((values) => Object.values(values).some((value) => value !== undefined), {
		message: 'There is nothing to change: give at least one setting',
		path: [],
	});
export const flag = (title: string, description: string) => z.boolean().optional().meta({ title, description });
export const count = (title: string, description: string) =>
	z.coerce.number<number | string>().int().min(0).optional().meta({ title, description });
export const limit = (what: string) => count(what, 'KB per second, 0: no limit; as it is when empty');
