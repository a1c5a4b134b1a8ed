import { quoted, type AnswerOf } from '../../../core/call';
import type { Dsm } from '../../../core/dsm';
import { DsmApiError, DsmProtocolError } from '../../../core/errors';
import { textId } from '../../../catalog/fields';
import { operation, procedure, resource } from '../../../catalog/operation';
import { sorting } from '../../../catalog/sorting';
import { z } from '../../../vendor/zod';
import { folder, paths } from '../fields';
import { failureOf, outcome, told, type Outcome } from '../lib/outcomes';
import {
	clearInvalidLinks,
	createLinks,
	deleteLink,
	editLink,
	getLink,
	link,
	listLinks,
	listLinksForMe,
	type Link,
} from '../wire/links';

/** Id of a link, also out of its address. */
const link_id = textId()
	.pipe(z.string().min(1))
	.transform((text) => /\/(?:fb)?sharing\/([^/?#]+)/.exec(text)?.[1] ?? text)
	.meta({
		title: 'Link',
		description: 'Sharing link: one of the account from the list, its ID, or its address',
		widget: 'picker',
		choices: { from: 'file.link.list', value: 'id', label: 'path' },
		by: { id: 'e.g. xm2PIzhFq', url: 'e.g. https://nas.example.com:5001/sharing/xm2PIzhFq' },
	});

const day = (title: string, description: string) =>
	z
		.string()
		.regex(/^\d{4}-\d{2}-\d{2}/, 'is no date like 2027-01-31')
		.transform((text) => text.slice(0, 10))
		.optional()
		.meta({ title, description, placeholder: 'e.g. 2027-01-31' });

const password = z.string().max(16).optional().meta({
	title: 'Password',
	description: 'Password that visitors have to enter, at most 16 characters',
	widget: 'secret',
});

const settings = {
	password,
	date_expired: day('Expires', 'Last day of the link'),
	date_available: day('Starts', 'First day of the link').meta({
		title: 'Starts',
		description: 'First day of the link',
		placeholder: 'e.g. 2027-01-01',
		advanced: true,
	}),
	expire_times: z.coerce.number<number | string>().int().min(1).optional().meta({
		title: 'Visits',
		description: 'How often the link may be opened; known from one source only',
		advanced: true,
	}),
};
type Settings = { [K in keyof typeof settings]?: z.output<(typeof settings)[K]> };

/** Options that are not JSON are ignored with success (filestation.md 1), so they never go bare. */
const optionsOf = (given: Settings): Record<string, unknown> =>
	Object.fromEntries(
		(['password', 'date_expired', 'date_available', 'expire_times'] as const)
			.filter((key) => given[key] !== undefined)
			.map((key) => [key, quoted(given[key])]),
	);

/** Throws when a link does not have the settings that were asked for: DSM may answer success and have set nothing. */
function checked(row: Link, given: Settings): Link {
	const wrong =
		given.password !== undefined && row.has_password !== (given.password !== '')
			? 'password'
			: (['date_expired', 'date_available'] as const).find(
					(key) => given[key] !== undefined && !(row[key] ?? '').startsWith(given[key]),
				);
	if (wrong === undefined) return row;
	throw new DsmApiError(`DSM reported success, but the link ${row.url} does not have the wished ${wrong}.`, {
		hint: 'The link exists without it. Set it in File Station, or delete the link.',
	});
}

const created = outcome.extend({
	id: z.string().optional(),
	url: z.string().optional(),
	qrcode: z.string().optional(),
});
type Created = Outcome & { id?: string | undefined };

/** A link that the NAS did not name cannot be looked at, whether it is as it shall be. */
function unnamed(path: string[]): never {
	throw new DsmProtocolError(`DSM reported success, but did not say which link it made for ${path.join(', ')}.`, {
		call: createLinks,
		outcomeUnknown: true,
		hint: 'Look at the links in File Station, and whether they have password and days, before you repeat it.',
	});
}

async function make(dsm: Dsm, path: string[], given: Settings, more: Record<string, unknown> = {}): Promise<Created[]> {
	const { links = [] }: Partial<AnswerOf<typeof createLinks>> = await dsm.call(createLinks, {
		...{ path, ...more },
		...optionsOf(given),
	});
	const rows = path.map((one, index): Created => {
		const { error = 0, ...made } = links.find((row) => row.path === one) ?? links[index] ?? {};
		return error === 0 ? { ...made, path: one, done: true } : failureOf(one, error);
	});
	told(rows, 'Sharing');
	if (Object.keys(optionsOf(given)).length === 0) return rows;
	for (const { id, done } of rows) if (done) checked(await dsm.call(getLink, { id: id ?? unnamed(path) }), given);
	return rows;
}

/** Code: each link is looked at by its ID, whether it has what was asked for. */
const create = procedure({
	title: 'Create sharing links',
	summary: 'Creates a link for each file or folder that anybody can open, with a password or a last day where wanted.',
	uses: [createLinks, getLink],
	params: z.object({ paths, ...settings }),
	result: z.array(created),
	run: async ({ paths: path, ...given }, dsm) => await make(dsm, path, given),
});

/** Code: as above. */
const createRequest = procedure({
	title: 'Create an upload link',
	summary: 'Creates a link through which others put files into a folder.',
	uses: [createLinks, getLink],
	params: z.object({
		folder: folder(),
		request_name: z
			.string()
			.default('')
			.meta({ title: 'Your Name', description: 'Name of who asks, as visitors see it', placeholder: 'e.g. Alice' }),
		request_info: z
			.string()
			.default('')
			.meta({ title: 'Text', description: 'What visitors are asked for', widget: 'multiline' }),
		...settings,
	}),
	result: created,
	basis: 'inferred',
	async run({ folder: path, request_name, request_info, ...given }, dsm) {
		const more = { file_request: true, request_name: quoted(request_name), request_info: quoted(request_info) };
		return (await make(dsm, [path], given, more))[0]!;
	},
});

const sort = sorting({
	id: 'ID',
	name: 'Name',
	is_folder: 'Files before folders',
	path: 'Path',
	date_expired: 'Last day',
	date_available: 'First day',
	status: 'Status',
	has_password: 'With password',
	url: 'Address',
	link_owner: 'Owner',
});

const list = operation({
	title: 'List sharing links',
	summary: 'Gives the sharing links of the account with their state: valid, invalid (not begun), expired or broken.',
	call: listLinks,
	params: z.object(sort),
	request: ({ sort_by, ...rest }) => ({ sort_by: sort_by === 'is_folder' ? 'isFolder' : sort_by, ...rest }),
});

const listShared = operation({
	title: 'List links shared with me',
	summary: 'Gives the links that other users of the NAS made for this account.',
	call: listLinksForMe,
	params: z.object({}),
});

const get = operation({
	title: 'Get a sharing link',
	summary: 'Gives the address, the state and the settings of a sharing link.',
	call: getLink,
	params: z.object({ link_id }),
	request: (given) => ({ id: given.link_id }),
});

/** The settings as wished; no password is an empty one. */
const wished = ({ remove_password, ...given }: Settings & { remove_password: boolean }): Settings =>
	remove_password ? { ...given, password: '' } : given;

const update = operation({
	title: 'Update a sharing link',
	summary: 'Changes the password or the days of a sharing link, and checks that they were set.',
	call: editLink,
	params: z
		.object({
			link_id,
			...settings,
			remove_password: z
				.boolean()
				.default(false)
				.meta({ title: 'Remove Password', description: 'Whether to remove the password of the link' }),
		})
		.refine((given) => given.remove_password || Object.keys(optionsOf(given)).length > 0, {
			message: 'There is nothing to change: set a password or a day',
			path: [],
		}),
	request: ({ link_id: id, ...given }) => ({ id: [id], ...optionsOf(wished(given)) }),
	then: { call: getLink, request: (given) => ({ id: given.link_id }) },
	response: (_, { params, then }) => checked(then, wished(params)),
	result: link,
});

const remove = operation({
	title: 'Delete a sharing link',
	summary: 'Deletes a sharing link; the file stays.',
	call: deleteLink,
	params: z.object({ link_id }),
	request: (given) => ({ id: [given.link_id] }),
	destructive: true,
	deletes: true,
});

const clearInvalid = operation({
	title: 'Clear invalid sharing links',
	summary: 'Deletes all links of the account that are expired or whose file is gone.',
	call: clearInvalidLinks,
	params: z.object({}),
	destructive: true,
});

export const links = resource('Sharing link', {
	create,
	createRequest,
	list,
	listShared,
	get,
	update,
	delete: remove,
	clearInvalid,
});
