import type { Dsm } from '../../core/dsm';
import { isDsmError } from '../../core/errors';
import { operation, procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { noteGet } from './calls';
import { note_id, nothing, toNothing } from './fields';

const notebookGet = { api: 'SYNO.NoteStation.Notebook', method: 'get', version: 2 } as const;
const permissionSet = { api: 'SYNO.NoteStation.Permission', method: 'set', version: 1 } as const;
const publicSet = { api: 'SYNO.NoteStation.Permission.Public', method: 'set', version: 1 } as const;
const linkGet = { api: 'SYNO.NoteStation.Shard.Link', method: 'get', version: 1 } as const;
const userSet = { api: 'SYNO.NoteStation.Permission.User', method: 'set', version: 1 } as const;
const groupSet = { api: 'SYNO.NoteStation.Permission.Group', method: 'set', version: 1 } as const;

const object_id = note_id.meta({ ...note_id.meta(), description: 'Note to share, or the ID of a notebook' });

const named = (title: string) =>
	z
		.string()
		.min(1)
		.meta({
			title,
			description: `Name of the ${title.toLowerCase()}`,
			widget: 'picker',
			choices: { from: 'note.share.candidates', value: 'name', label: 'label', search: 'query' },
			by: { id: 'e.g. bob' },
		});

const username = named('User');
const groupname = named('Group');
const perm = z
	.enum(['ro', 'rw'])
	.default('ro')
	.meta({ title: 'Permission', description: 'What they may do', labels: { ro: 'View', rw: 'Modify' } });

/** Sharing must be on first; when it is on already, this may fail although what follows works (notestation.md 9.2). */
async function switchOn(id: string, dsm: Dsm): Promise<void> {
	try {
		await dsm.call(permissionSet, { object_id: id, enabled: true });
	} catch (error) {
		if (!isDsmError(error) || error.code !== 'api') throw error;
	}
}

const share = z.object({
	kind: z.enum(['public', 'user', 'group']),
	name: z.string(),
	perm: z.string(),
	/** Whether it comes from the notebook. */
	inherit: z.boolean(),
});

interface WireShare {
	name?: string;
	perm: string;
	inherit?: boolean;
}

interface WireAcl {
	enabled?: boolean;
	public?: WireShare;
	dsm_user?: Record<string, WireShare>;
	dsm_group?: Record<string, WireShare>;
}

export const list = procedure({
	title: 'List shares',
	summary: 'Lists with whom a note or notebook is shared.',
	uses: [noteGet, notebookGet],
	params: z.object({ object_id }),
	result: z.array(share),
	readOnly: true,
	basis: 'capture',
	run: async (given, dsm) => sharesOf(await aclOf(given.object_id, dsm)),
});

async function aclOf(id: string, dsm: Dsm): Promise<WireAcl> {
	const answers = await dsm.batch(
		[noteGet, notebookGet].map((call) => ({ call, params: { object_id: id } })),
		{ readOnly: true },
	);
	const found = answers.find((answer) => 'data' in answer);
	if (found && 'data' in found) return (found.data as { acl?: WireAcl }).acl ?? {};
	throw (answers[0] as { error: Error }).error;
}

function sharesOf({ enabled, public: open, dsm_user = {}, dsm_group = {} }: WireAcl): z.output<typeof share>[] {
	if (!enabled) return [];
	const row = (kind: 'public' | 'user' | 'group') => (one: WireShare) => ({
		...{ kind, name: one.name ?? '', perm: one.perm, inherit: one.inherit ?? false },
	});
	return [
		...(open ? [open] : []).map(row('public')),
		...Object.values(dsm_user).map(row('user')),
		...Object.values(dsm_group).map(row('group')),
	];
}

/** Public shares can be viewed only: `rw` is not offered. */
export const publish = procedure({
	title: 'Make a public link',
	summary: 'Lets everybody who has the link view a note or notebook, and gives the link.',
	uses: [permissionSet, publicSet, linkGet],
	params: z.object({ object_id }),
	result: z.looseObject({ url: z.string() }),
	basis: 'capture',
	async run(given, dsm) {
		await switchOn(given.object_id, dsm);
		await dsm.call(publicSet, { object_id: given.object_id, perm: 'ro' });
		return (await dsm.call(linkGet, { object_id: given.object_id, mode: 'public' })) as { url: string };
	},
});

export const unpublish = operation({
	title: 'Remove a public link',
	summary: 'Ends public viewing of a note or notebook.',
	call: { api: 'SYNO.NoteStation.Permission.Public', method: 'delete', version: 1 },
	params: z.object({ object_id }),
	response: toNothing,
	result: nothing,
	basis: 'capture',
});

export const addUser = procedure({
	title: 'Share with a user',
	summary: 'Shares a note or notebook with a user of the NAS, or changes what the user may do.',
	uses: [permissionSet, userSet],
	params: z.object({ object_id, username, perm }),
	result: nothing,
	basis: 'capture',
	async run(given, dsm) {
		await switchOn(given.object_id, dsm);
		await dsm.call(userSet, given);
		return {};
	},
});

export const removeUser = operation({
	title: 'Stop sharing with a user',
	summary: 'Ends sharing a note or notebook with a user.',
	call: { api: 'SYNO.NoteStation.Permission.User', method: 'delete', version: 1 },
	params: z.object({ object_id, username }),
	response: toNothing,
	result: nothing,
	basis: 'capture',
});

export const addGroup = procedure({
	title: 'Share with a group',
	summary: 'Shares a note or notebook with a group of the NAS, or changes what the group may do.',
	uses: [permissionSet, groupSet],
	params: z.object({ object_id, groupname, perm }),
	result: nothing,
	basis: 'capture',
	async run(given, dsm) {
		await switchOn(given.object_id, dsm);
		await dsm.call(groupSet, given);
		return {};
	},
});

export const removeGroup = operation({
	title: 'Stop sharing with a group',
	summary: 'Ends sharing a note or notebook with a group.',
	call: { api: 'SYNO.NoteStation.Permission.Group', method: 'delete', version: 1 },
	params: z.object({ object_id, groupname }),
	response: toNothing,
	result: nothing,
	basis: 'inferred',
});

export const candidates = operation({
	title: 'List users and groups to share with',
	summary: 'Lists the users and groups with whom one can share.',
	call: { api: 'SYNO.NoteStation.Share.Priv', method: 'list', version: 2 },
	params: z.object({
		query: z.string().default('').meta({ title: 'Search', description: 'Part of the name', placeholder: 'e.g. bob' }),
	}),
	request: ({ query }) => (query === '' ? {} : { query }),
	response: (row) => ({ ...row, label: `${row.name} (${row.type})` }),
	page: { items: 'list', max: 200 },
	result: z.array(z.looseObject({ name: z.string(), type: z.string().optional(), label: z.string() })),
	readOnly: true,
	basis: 'capture',
});

export const shares = resource('Share', {
	list,
	publish,
	unpublish,
	addUser,
	removeUser,
	addGroup,
	removeGroup,
	candidates,
});
