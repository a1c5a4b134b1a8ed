import type { Call } from '../../core/call';
import { isDsmError } from '../../core/errors';
import { textId, moment } from '../../catalog/fields';
import { z } from '../../vendor/zod';

export const calls = {
	get: { api: 'SYNO.SynologyDrive.Files', method: 'get', version: 10 },
	list: { api: 'SYNO.SynologyDrive.Files', method: 'list', version: 10 },
	search: { api: 'SYNO.SynologyDrive.Files', method: 'search', version: 10 },
	create: { api: 'SYNO.SynologyDrive.Files', method: 'create', version: 10 },
	/** Version 2 is what the captures show (drive.md 4.2). */
	upload: { api: 'SYNO.SynologyDrive.Files', method: 'upload', version: 2 },
	update: { api: 'SYNO.SynologyDrive.Files', method: 'update', version: 10 },
	delete: { api: 'SYNO.SynologyDrive.Files', method: 'delete', version: 10 },
	download: { api: 'SYNO.SynologyDrive.Files', method: 'download', version: 2 },
	export: { api: 'SYNO.Office.Export', method: 'download', version: 1 },
	teamFolders: { api: 'SYNO.SynologyDrive.TeamFolders', method: 'list', version: 1 },
	nodes: { api: 'SYNO.SynologyDrive.Node', method: 'list', version: 1 },
} as const satisfies Record<string, Call>;

/** FileInfo (drive.md 2.2). Times are Unix seconds; `modified_time` is the content's own and may be years old on a new file. */
export const file = z.looseObject({
	file_id: textId(),
	name: z.string().optional(),
	type: z.string().optional(),
	display_path: z.string().optional(),
	size: z.number().optional(),
	modified_time: z.number().optional(),
	content_type: z.string().optional(),
	hash: z.string().optional(),
	permanent_link: z.string().optional(),
	parent_id: textId().optional(),
	created_time: z.number().optional(),
	change_time: z.number().optional(),
	version_id: textId().optional(),
	starred: z.boolean().optional(),
	shared: z.boolean().optional(),
	removed: z.boolean().optional(),
});

/** A row as it comes, before the schema has looked at it. */
export interface WireFile {
	file_id: string;
	name: string;
	type: 'file' | 'dir';
	parent_id: string;
	display_path?: string;
	size?: number;
	hash?: string;
	sync_id?: number;
	change_id?: number;
	change_time?: number;
	modified_time?: number;
	version_id?: string | number;
	removed?: boolean;
	[key: string]: unknown;
}

export const isFolder = ({ type }: Pick<WireFile, 'type'>): boolean => type === 'dir';

/** Answers of the NAS about what is not there, or whose folder is not. */
export const isMissing = (error: unknown): boolean =>
	isDsmError(error) && (error.dsmCode === 1003 || error.dsmCode === 1000);

/** Answers of writes that say no more than that it was done. */
export const nothing = z.object({});
export const toNothing = () => ({});

export const sort = {
	sort_by: z
		.enum(['name', 'modified_time', 'size', 'owner', 'type'])
		.default('name')
		.meta({
			title: 'Sort By',
			description: 'Order of the rows',
			labels: { name: 'Name', modified_time: 'Modified', size: 'Size', owner: 'Owner', type: 'Kind' },
			advanced: true,
		}),
	sort_direction: z
		.enum(['asc', 'desc'])
		.default('asc')
		.meta({
			title: 'Direction',
			description: 'Upwards or downwards',
			labels: { asc: 'Ascending', desc: 'Descending' },
			advanced: true,
		}),
};

const CONFLICTS = {
	version: 'New Version',
	overwrite: 'Overwrite',
	autorename: 'Keep Both (Rename)',
	stop: 'Stop',
};

type Conflict = keyof typeof CONFLICTS | 'skip';

/** What happens when the name is taken. The defaults of the NAS differ by method, so it is always said. */
export const conflict = <T extends readonly [Conflict, ...Conflict[]]>(values: T, otherwise: T[number]) =>
	z
		.enum(values)
		.default(otherwise as never)
		.meta({
			title: 'If the Name Is Taken',
			description: 'What happens when the target folder holds an item of this name',
			labels: { ...CONFLICTS, skip: 'Skip' },
		});

export const uploadConflict = conflict(['version', 'overwrite', 'autorename', 'stop'], 'version');

/** Moment in, Unix seconds out. */
export const seconds = (title: string, description: string) =>
	moment()
		.transform((time) => Math.floor(time / 1000))
		.optional()
		.meta({ title, description, widget: 'moment', advanced: true });

export const times = {
	modified_time: seconds('Modified', 'Time of the content'),
	created_time: seconds('Created', 'Time of the record in Drive'),
};

/** Ids in digits that must stay text on the wire. */
export const digits = (title: string, description: string) =>
	textId().regex(/^\d+$/, 'is no ID (digits only)').meta({ title, description, placeholder: 'e.g. 3' });

export const mute = z.boolean().default(false).meta({
	title: 'Mute',
	description: 'Whether the action is left out of "recent" and tells nobody',
	advanced: true,
});

/** Without values that were not given. */
export const given = <T extends object>(values: T): Partial<T> =>
	Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
