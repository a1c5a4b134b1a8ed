import { moment, textId } from '../../catalog/fields';
import { sorting } from '../../catalog/sorting';
import { z } from '../../vendor/zod';
import { addressOf } from './lib/address';

const FORMS =
	'is no place in Drive: give a path such as /mydrive/docs/plan.txt or /team-folders/Family, an ID such as id:846602240362853366, or a link from the browser';

/** One file or folder: an ID, a path or a link pasted from the browser in; the address for the wire out. */
const place = () =>
	z.string().transform((text, context) => {
		const address = addressOf(text);
		if (address !== undefined) return address;
		context.addIssue({ code: 'custom', message: FORMS });
		return z.NEVER;
	});

const by = {
	id: 'e.g. 846602240362853366',
	path: 'e.g. /mydrive/docs/plan.txt',
	url: 'e.g. https://nas.example.com/d/f/10XRjCRrEd3loz5AcLsoUl9vzLKSq7tF',
};

const FILES = {
	widget: 'picker' as const,
	choices: { from: 'drive.file.search', value: 'file_id', label: 'display_path', search: 'keyword' },
	by,
};

/** A file or folder, picked by searching. Parameters of it are called `path`: `msg.file` of a message in Node-RED holds bytes. */
export const anyFile = (title = 'File', description = 'File or folder of Drive') =>
	place().meta({
		title,
		description,
		placeholder: 'e.g. /mydrive/docs/plan.txt',
		...FILES,
	});

/** A folder, picked from a list that begins with the roots. */
export const anyFolder = (title = 'Folder', description = 'Folder of Drive') =>
	place().meta({
		title,
		description,
		placeholder: 'e.g. /mydrive/docs',
		widget: 'picker',
		choices: { from: 'drive.folder.list', value: 'file_id', label: 'display_path', search: 'keyword' },
		by: { ...by, path: 'e.g. /mydrive/docs' },
	});

/** My Drive unless another folder is given. `prefault`, since a default would not be one of the form, which knows the input only. */
export const orMyDrive = (folder: ReturnType<typeof anyFolder>) => folder.prefault('/mydrive');

/** Several of them, as a list. */
export const files = (title: string, description: string, least = 0) =>
	z
		.array(place())
		.min(least)
		.meta({ title, description, ...FILES });

/** More files than the one that an operation is about. */
export const others = (verb: string) =>
	files('More Files', `More files and folders to ${verb}`)
		.default([])
		.meta({ title: 'More Files', description: `More files and folders to ${verb}`, ...FILES, advanced: true });

/** What a rename, an upload or a new folder can be called. */
export const fileName = (description: string) =>
	z
		.string()
		.min(1)
		.max(255)
		.regex(/^[^/\0]*$/, 'has a slash, which names in Drive cannot have')
		.transform((name) => name.normalize('NFC'))
		.meta({ title: 'Name', description, placeholder: 'e.g. plan.txt' });

/** What one may do with a file that is shared. */
export const ROLES = {
	denied: 'No Access',
	previewer: 'Previewer',
	preview_commenter: 'Preview Commenter',
	viewer: 'Viewer',
	commenter: 'Commenter',
	editor: 'Editor',
	organizer: 'Manager',
};

export const sort = sorting({
	name: 'Name',
	modified_time: 'Modified',
	size: 'Size',
	owner: 'Owner',
	type: 'Kind',
});

/** The admin APIs want the direction in capitals (drive.md 3.1). */
export const inCapitals = <T extends { sort_direction: string }>({ sort_direction, ...rest }: T) => ({
	...rest,
	sort_direction: sort_direction.toUpperCase(),
});

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

/** Team folder by its name; of an empty one My Drive, or all. */
export const teamFolder = (description: string) =>
	z
		.string()
		.default('')
		.meta({
			title: 'Team Folder',
			description,
			widget: 'picker',
			choices: { from: 'drive.teamFolder.list', value: 'name', label: 'name' },
			by: { id: 'e.g. Family' },
		});

export const mute = z.boolean().default(false).meta({
	title: 'Mute',
	description: 'Whether the action is left out of "recent" and tells nobody',
	advanced: true,
});

export const namePattern = (what: string) =>
	z
		.string()
		.default('')
		.meta({
			title: 'Name Pattern',
			description: `Only ${what} of such names count: * for any text, ? for one character, commas between several patterns`,
			placeholder: 'e.g. *.pdf, *.docx',
		});

/** A label of the account. Digits that must stay text on the wire (drive.md 1.1). */
export const label_id = textId().meta({
	title: 'Label',
	description: 'Label of the account; nobody else sees personal labels',
	widget: 'picker',
	choices: { from: 'drive.label.list', value: 'label_id', label: 'name', names: [] },
	by: { name: 'e.g. Urgent', id: 'e.g. 2' },
});

/** Without values that were not given. */
export const given = (values: object): Record<string, unknown> =>
	Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
