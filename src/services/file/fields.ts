import { BUDGETS } from '../../core/budget';
import { z } from '../../vendor/zod';

const OTHER_WORLD = [
	[/^[A-Za-z]:[\\/]/, 'is a path of Windows'],
	[/^\\\\|^smb:/i, 'is a network path'],
	[/^\/Volumes\//, 'is a path of macOS'],
	[/^https?:/i, 'is a link'],
] as const;
const HOW = 'a path on the NAS begins with the shared folder, e.g. /docs/reports';

/** Path as File Station takes it, or why it is none. The place on the volume, as SSH shows it, is understood. */
function parsePath(text: string): { path: string } | { problem: string } {
	const foreign = OTHER_WORLD.find(([pattern]) => pattern.test(text));
	if (foreign) return { problem: `"${text}" ${foreign[1]}: ${HOW}` };
	const path = text
		.replace(/^\/volume(USB)?\d+(?=\/)/, '')
		.replace(/\/{2,}/g, '/')
		.replace(/(.)\/$/, '$1');
	if (!path.startsWith('/') || path === '/') return { problem: `"${text}" is no path of the NAS: ${HOW}` };
	if (/[\\\0-\x1f]/.test(path)) return { problem: `"${text}" holds a character that DSM does not take in names` };
	if (/\/\.\.?(\/|$)/.test(path)) return { problem: `"${text}" holds a step like "..": give the path in full` };
	return { path };
}

const checked = (text: string, context: z.RefinementCtx): string => {
	const found = parsePath(text);
	if ('path' in found) return found.path;
	context.addIssue({ code: 'custom', message: found.problem });
	return z.NEVER;
};

/** The path of something that is yet to be made. */
export const newPath = () => z.string().min(1).transform(checked).meta({ widget: 'path' });

/** A list of the shared folders, in which a typed path looks into folders. */
export const browsing = (given?: Record<string, unknown>) => ({
	widget: 'picker' as const,
	choices: {
		from: 'file.share.list',
		value: 'path',
		label: 'path',
		inside: { from: 'file.folder.list', param: 'folder', ...(given && { given }) },
	},
	by: { path: 'e.g. /docs/reports/may.pdf' },
});

/** One path, picked by looking into folders. */
export const path = () => newPath().meta(browsing());

export const file_path = path().meta({
	title: 'File',
	description: 'Path of the file, from the shared folder on; /home is the own home folder',
	placeholder: 'e.g. /docs/reports/may.pdf',
});

export const entry_path = path().meta({
	title: 'Path',
	description: 'Path of a file or folder, from the shared folder on; /home is the own home folder',
	placeholder: 'e.g. /docs/reports',
});

/** A text holds one path, or several that stand in lines or behind commas; commas inside names are left alone. */
const splitPaths = (text: string): string[] => {
	if (text.trimStart().startsWith('[')) return JSON.parse(text) as string[];
	return text
		.split(/\n|,\s*(?=\/)/, BUDGETS.paths.most + 1)
		.map((part) => part.replace(/^\s+/, '').replace(/\r$/, ''))
		.filter((part) => part !== '');
};

/** One or more paths: an array, or one text. */
export const paths = z
	.union([z.string().min(1), z.array(z.string())])
	.transform((given, context) => {
		const list = safely(() => (typeof given === 'string' ? splitPaths(given) : given)) ?? [];
		const refuse = (message: string): never[] => {
			context.addIssue({ code: 'custom', message });
			return z.NEVER;
		};
		if (list.length === 0) return refuse('names no path');
		if (list.length > BUDGETS.paths.most) return refuse(`names more than ${BUDGETS.paths.most} paths`);
		// One that is none is named, and the rest is not looked at.
		const found = new Set<string>();
		for (const one of list) {
			const read = parsePath(String(one));
			if ('problem' in read) return refuse(read.problem);
			found.add(read.path);
		}
		return [...found];
	})
	.meta({
		title: 'Paths',
		description: 'Files or folders',
		...browsing(),
		budget: 'pathText',
	});

function safely<T>(run: () => T): T | undefined {
	try {
		return run();
	} catch {
		return undefined;
	}
}

/** A folder: a shared one from the list, or any by its path. */
export const folder = () =>
	path().meta({
		title: 'Folder',
		description: 'Folder to work in: a shared folder from the list, or a path that begins with one',
		...browsing({ filetype: 'dir' }),
		by: { path: 'e.g. /docs/reports' },
	});

/** Name of a file or folder, without a path. */
export const name = () =>
	z
		.string()
		.min(1)
		.max(255)
		.regex(/^(?!\.{1,2}$)[^\\/\0-\x1f]+$/, 'is no name: leave out slashes and control characters');

/** Nothing is overwritten unless that is chosen. */
export const conflict = z
	.enum(['error', 'overwrite', 'skip'])
	.default('error')
	.meta({
		title: 'If It Exists',
		description: 'What to do when the target exists',
		labels: { error: 'Fail', overwrite: 'Overwrite', skip: 'Keep the existing one' },
	});

export type Conflict = z.output<typeof conflict>;

/** `overwrite` has three states, and absent is one of them. */
export const overwriteOf = (choice: Conflict): { overwrite?: boolean } =>
	choice === 'error' ? {} : { overwrite: choice === 'overwrite' };

const ADDITIONAL = ['real_path', 'size', 'owner', 'time', 'perm', 'type', 'mount_point_type'] as const;

export const additional = z
	.array(z.enum(ADDITIONAL))
	.default(['size', 'time', 'type'])
	.meta({
		title: 'Details',
		description: 'What to give of each file beside its name; each costs the NAS some time',
		advanced: true,
		labels: {
			real_path: 'Path on the volume',
			size: 'Size',
			owner: 'Owner',
			time: 'Times',
			perm: 'Permissions',
			type: 'Type',
			mount_point_type: 'Kind of mount',
		},
	});

export const filetype = z
	.enum(['all', 'file', 'dir'])
	.default('all')
	.meta({
		title: 'Show',
		description: 'Files, folders, or both',
		labels: { all: 'Files and folders', file: 'Files', dir: 'Folders' },
	});

export const pattern = z.string().default('').meta({
	title: 'Name Pattern',
	description:
		'Names to look for: with ? and * for any characters, several with commas between them; a bare word is looked for anywhere in the name',
	placeholder: 'e.g. *.pdf',
});

export const parentOf = (of: string): string => of.slice(0, of.lastIndexOf('/'));
export const baseOf = (of: string): string => of.slice(of.lastIndexOf('/') + 1);

/** Path of an entry of a folder. */
export const inside = (parent: string, entry: string): string => `${parent}/${entry}`;
