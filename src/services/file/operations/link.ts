import { quoted } from '../../core/call';
import type { Dsm } from '../../core/dsm';
import { DsmApiError } from '../../core/errors';
import { operation, procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { failureOf, told } from './background';
import { sharing } from './calls';
import { folder, nothing, outcome, paths, toNothing } from './fields';

/** Dates as DSM writes them: `YYYY-MM-DD`, or `0` or nothing for none. */
export const linkRow = z.looseObject({
	id: z.string(),
	url: z.string(),
	path: z.string(),
	name: z.string().optional(),
	isFolder: z.boolean().optional(),
	status: z.string().optional(),
	has_password: z.boolean().optional(),
	date_expired: z.string().optional(),
	date_available: z.string().optional(),
	link_owner: z.string().optional(),
	expire_times: z.number().optional(),
});
type LinkRow = z.output<typeof linkRow>;

/** Id of a link, also out of its address. */
const link_id = z
	.string()
	.min(1)
	.transform((text) => /\/(?:fb)?sharing\/([^/?#]+)/.exec(text)?.[1] ?? text)
	.meta({
		title: 'Link',
		description: 'Sharing link: one of the own from the list, its ID, or its address',
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

/** What was asked for and is not so. DSM may answer success and have set nothing. */
function ignored(given: Settings, row: LinkRow): string | undefined {
	if (given.password !== undefined && row.has_password !== (given.password !== '')) return 'password';
	return (['date_expired', 'date_available'] as const).find(
		(key) => given[key] !== undefined && !(row[key] ?? '').startsWith(given[key]!),
	);
}

/** The row of a link, with its settings checked. */
async function settled(dsm: Dsm, id: string, given: Settings): Promise<LinkRow> {
	const row = (await dsm.with({ readOnly: true }).call(sharing('getinfo'), { id })) as LinkRow;
	const wrong = ignored(given, row);
	if (wrong === undefined) return row;
	throw new DsmApiError(`DSM reported success, but the link ${row.url} does not have the wished ${wrong}.`, {
		hint: 'The link exists without it. Set it in File Station, or delete the link.',
	});
}

interface Created {
	error?: number;
	id?: string;
	path: string;
	url?: string;
	qrcode?: string;
}

const createdRow = outcome.extend({
	id: z.string().optional(),
	url: z.string().optional(),
	qrcode: z.string().optional(),
});

async function createLinks(dsm: Dsm, path: string[], given: Settings, more: Record<string, unknown> = {}) {
	const { links } = (await dsm.call(sharing('create'), { path, ...optionsOf(given), ...more })) as { links: Created[] };
	const rows = path.map((one, index) => {
		const { error = 0, ...link } = links.find((row) => row.path === one) ?? links[index] ?? { error: 2002, path: one };
		return error === 0 ? { ...link, path: one, done: true } : failureOf(one, error);
	});
	told(rows, 'Sharing');
	for (const row of rows)
		if ('id' in row && typeof row.id === 'string' && Object.keys(optionsOf(given)).length > 0)
			await settled(dsm, row.id, given);
	return rows;
}

const create = procedure({
	title: 'Create sharing links',
	summary: 'Creates a link for each file or folder that anybody can open, with a password or a last day where wanted.',
	uses: [sharing('create'), sharing('getinfo')],
	params: z.object({ paths, ...settings }),
	result: z.array(createdRow),
	basis: 'guide',
	run: async ({ paths: path, ...given }, dsm) => await createLinks(dsm, path, given),
});

const createRequest = procedure({
	title: 'Create an upload link',
	summary: 'Creates a link through which others put files into a folder.',
	uses: [sharing('create'), sharing('getinfo')],
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
	result: createdRow,
	basis: 'inferred',
	async run({ folder: path, request_name, request_info, ...given }, dsm) {
		const more = { file_request: true, request_name: quoted(request_name), request_info: quoted(request_info) };
		return (await createLinks(dsm, [path], given, more))[0]!;
	},
});

const sort = {
	sort_by: z
		.enum([
			'id',
			'name',
			'isFolder',
			'path',
			'date_expired',
			'date_available',
			'status',
			'has_password',
			'url',
			'link_owner',
		])
		.default('id')

		.meta({
			title: 'Sort By',
			description: 'What the rows are sorted by',
			advanced: true,
			labels: {
				id: 'ID',
				isFolder: 'Files before folders',
				date_expired: 'Last day',
				date_available: 'First day',
				has_password: 'With password',
				url: 'Address',
				link_owner: 'Owner',
			},
		}),
	sort_direction: z
		.enum(['asc', 'desc'])
		.default('asc')
		.meta({ title: 'Sort Direction', description: 'Order of the sorting', advanced: true }),
};

const list = operation({
	title: 'List sharing links',
	summary: 'Gives the own sharing links with their state: valid, invalid (not begun), expired or broken.',
	call: sharing('list'),
	params: z.object(sort),
	page: { items: 'links', max: 500 },
	result: z.array(linkRow),
	readOnly: true,
	basis: 'guide',
});

const listShared = operation({
	title: 'List links shared with me',
	summary: 'Gives the links that other users of the NAS made for this account.',
	call: sharing('list_share_me'),
	params: z.object({}),
	page: { items: 'links', max: 500 },
	result: z.array(linkRow.partial()),
	readOnly: true,
	basis: 'inferred',
});

const get = operation({
	title: 'Get a sharing link',
	summary: 'Gives the address, the state and the settings of a sharing link.',
	call: sharing('getinfo'),
	params: z.object({ link_id }),
	request: (given) => ({ id: given.link_id }),
	result: linkRow,
	readOnly: true,
	basis: 'guide',
});

const update = procedure({
	title: 'Update a sharing link',
	summary: 'Changes the password or the days of a sharing link, and checks that it is so.',
	uses: [sharing('edit'), sharing('getinfo')],
	params: z
		.object({
			link_id,
			...settings,
			remove_password: z
				.boolean()
				.default(false)
				.meta({ title: 'Remove Password', description: 'Whether the link shall have no password any more' }),
		})
		.refine((given) => given.remove_password || Object.keys(optionsOf(given)).length > 0, {
			message: 'There is nothing to change: set a password or a day',
			path: [],
		}),
	result: linkRow,
	basis: 'guide',
	async run({ link_id: id, remove_password, ...given }, dsm) {
		const wished = remove_password ? { ...given, password: '' } : given;
		await dsm.call(sharing('edit'), { id: [id], ...optionsOf(wished) });
		return await settled(dsm, id, wished);
	},
});

const remove = operation({
	title: 'Delete a sharing link',
	summary: 'Deletes a sharing link; the file stays.',
	call: sharing('delete'),
	params: z.object({ link_id }),
	request: (given) => ({ id: [given.link_id] }),
	response: toNothing,
	result: nothing,
	destructive: true,
	basis: 'guide',
});

const clearInvalid = operation({
	title: 'Delete invalid sharing links',
	summary: 'Deletes all own links that are expired or whose file is gone.',
	call: sharing('clear_invalid'),
	params: z.object({}),
	response: toNothing,
	result: nothing,
	destructive: true,
	basis: 'guide',
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
