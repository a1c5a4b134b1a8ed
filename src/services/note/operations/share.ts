import type { Dsm } from '../../../core/dsm';
import { isDsmError } from '../../../core/errors';
import { nothing, operation, procedure, resource } from '../../../catalog/operation';
import { field } from '../../../catalog/row';
import { z } from '../../../vendor/zod';
import { note_id } from '../fields';
import { getNotebook } from '../wire/notebooks';
import { getNote } from '../wire/notes';
import { share } from '../wire/owned';
import {
	candidate,
	deleteGroup,
	deletePublic,
	deleteUser,
	getLink,
	listCandidates as listAll,
	setGroup,
	setPermission,
	setPublic,
	setUser,
} from '../wire/sharing';

const object_id = note_id.meta({ ...note_id.meta(), description: 'Note to share, or the ID of a notebook' });

const named = (title: string) =>
	z
		.string()
		.min(1)
		.meta({
			title,
			description: `Name of the ${title.toLowerCase()}`,
			widget: 'picker',
			choices: { from: 'note.share.listCandidates', value: 'name', label: 'label', search: 'query' },
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
		await dsm.call(setPermission, { object_id: id, enabled: true });
	} catch (error) {
		if (!isDsmError(error) || error.code !== 'api') throw error;
	}
}

/** What an id is of shows only when it is asked for. */
export const list = operation({
	title: 'List shares',
	summary: 'Lists with whom a note or notebook is shared.',
	call: getNote,
	instead: { call: getNotebook, when: ['api'] },
	params: z.object({ object_id }),
	response: ({ shares: rows = [] }) => rows,
	result: z.array(share),
});

export const publish = procedure({
	title: 'Publish a note',
	summary: 'Lets everybody who has its public link view a note or notebook, and gives the link.',
	uses: [setPermission, setPublic, getLink],
	params: z.object({ object_id }),
	result: z.looseObject({ url: field.text() }),
	async run(given, dsm) {
		await switchOn(given.object_id, dsm);
		await dsm.call(setPublic, { object_id: given.object_id, perm: 'ro' });
		return await dsm.call(getLink, { object_id: given.object_id, mode: 'public' });
	},
});

/** Nothing is lost: it can be published again. */
export const unpublish = operation({
	title: 'Unpublish a note',
	summary: 'Ends public viewing of a note or notebook.',
	call: deletePublic,
	params: z.object({ object_id }),
});

export const addUser = procedure({
	title: 'Share with a user',
	summary: 'Shares a note or notebook with a user of the NAS, or changes what the user may do.',
	uses: [setPermission, setUser],
	params: z.object({ object_id, username, perm }),
	result: nothing,
	async run(given, dsm) {
		await switchOn(given.object_id, dsm);
		await dsm.call(setUser, given);
		return {};
	},
});

/** Nothing is lost: it can be shared again. */
export const removeUser = operation({
	title: 'Stop sharing with a user',
	summary: 'Ends sharing a note or notebook with a user.',
	call: deleteUser,
	params: z.object({ object_id, username }),
});

export const addGroup = procedure({
	title: 'Share with a group',
	summary: 'Shares a note or notebook with a group of the NAS, or changes what the group may do.',
	uses: [setPermission, setGroup],
	params: z.object({ object_id, groupname, perm }),
	result: nothing,
	async run(given, dsm) {
		await switchOn(given.object_id, dsm);
		await dsm.call(setGroup, given);
		return {};
	},
});

/** Nothing is lost: it can be shared again. */
export const removeGroup = operation({
	title: 'Stop sharing with a group',
	summary: 'Ends sharing a note or notebook with a group.',
	call: deleteGroup,
	params: z.object({ object_id, groupname }),
});

export const listCandidates = operation({
	title: 'List users and groups to share with',
	summary: 'Lists the users and groups with whom one can share.',
	call: listAll,
	params: z.object({
		query: z.string().default('').meta({ title: 'Search', description: 'Part of the name', placeholder: 'e.g. bob' }),
	}),
	request: ({ query }) => (query === '' ? {} : { query }),
	response: (one) => ({ ...one, label: `${one.name} (${one.type})` }),
	result: z.array(candidate.with({ label: field.text() })),
});

export const shares = resource('Share', {
	...{ list, publish, unpublish, addUser, removeUser, addGroup, removeGroup, listCandidates },
});
