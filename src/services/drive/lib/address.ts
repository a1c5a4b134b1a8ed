import { z } from '../../vendor/zod';

/** Roots that a full path can have (drive.md 2.1). */
const ROOT = /^\/(mydrive|team-folders|shared-with-me|views|volumes)(\/|$)/;
const ID = /^id:\d+(\/.+)?$/s;
const LINK = /^link:[0-9A-Za-z]{32}(\/.+)?$/s;
/** Ids have 64 bits; short numbers are something else, maybe a name. */
const BARE_ID = /^\d{12,20}$/;
const BARE_LINK = /^[0-9A-Za-z]{32}$/;
/** Links of the web client, internal and public, and of Synology Office. */
const LINK_URL = /\/(?:d\/[fs]|oo\/r)\/([0-9A-Za-z]{32})(?:[/?#]|$)/;
const ID_URL = /[#?&]file_id=(?:id:)?(\d+)/;

/** The address on the wire of whatever names a file or folder; undefined when nothing fits. */
export function addressOf(text: string): string | undefined {
	const trimmed = text.trim();
	if (/^https?:\/\//i.test(trimmed)) return fromUrl(trimmed);
	if (BARE_ID.test(trimmed)) return `id:${trimmed}`;
	if (BARE_LINK.test(trimmed)) return `link:${trimmed}`;
	// Drive compares names in this form. A name may end in a space, so nothing else is cut than a slash.
	const path = text.normalize('NFC').replace(/(?<=.)\/+$/, '');
	return ROOT.test(path) || ID.test(path) || LINK.test(path) ? path : undefined;
}

function fromUrl(url: string): string | undefined {
	const link = LINK_URL.exec(url)?.[1];
	const id = ID_URL.exec(url)?.[1];
	return link ? `link:${link}` : id ? `id:${id}` : undefined;
}

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

/** A file or folder, picked by searching. Parameters of it are called `path`: `msg.file` of a message in Node-RED holds bytes. */
export const anyFile = (title = 'File', description = 'File or folder of Drive') =>
	place().meta({
		title,
		description,
		placeholder: 'e.g. /mydrive/docs/plan.txt',
		widget: 'picker',
		choices: { from: 'drive.file.search', value: 'file_id', label: 'display_path', search: 'keyword' },
		by,
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
	z.array(place()).min(least).meta({ title, description, placeholder: 'e.g. /mydrive/docs/plan.txt' });

/** More files than the one that an operation is about. */
export const others = (verb: string) =>
	files('More Files', `More files and folders to ${verb}`)
		.default([])
		.meta({ title: 'More Files', description: `More files and folders to ${verb}`, advanced: true });

/** What a rename, an upload or a new folder can be called. */
export const fileName = (description: string) =>
	z
		.string()
		.min(1)
		.max(255)
		.regex(/^[^/\0]*$/, 'has a slash, which names in Drive cannot have')
		.transform((name) => name.normalize('NFC'))
		.meta({ title: 'Name', description, placeholder: 'e.g. plan.txt' });
