import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { fresh, given, group_name, somethingToChange, text, user_names } from '../fields';
import * as wire from '../wire/users';

const list = operation({
	title: 'List groups',
	summary: 'Gives the groups of the NAS. Needs an administrator.',
	call: wire.listGroups,
	params: z.object({}),
	request: () => wire.ALL_GROUPS,
});

const get = operation({
	title: 'Get a group',
	summary: 'Gives number and description of a group. Needs an administrator.',
	call: wire.getGroup,
	params: z.object({ group_name }),
	request: (params) => ({ name: params.group_name }),
});

const description = text('Description', 'Text that says who is in it', 'Everybody in sales');

const create = operation({
	title: 'Create a group',
	summary: 'Creates a group without members. Needs an administrator.',
	call: wire.createGroup,
	params: z.object({ name: fresh('Name', 'Name of the group', 'sales'), description }),
	request: ({ name, description: said = '' }) => ({ name, description: said }),
	lost: {
		made: wire.listGroups,
		request: () => wire.ALL_GROUPS,
		is: (row, params) => row.name === params.name,
		has: (params) => ({ description: params.description ?? '' }),
	},
});

const update = operation({
	title: 'Update a group',
	summary: 'Changes name or description of a group; what is not given stays. Needs an administrator.',
	call: wire.setGroup,
	params: z
		.object({
			group_name,
			new_name: fresh('New Name', 'Name of the group from now on', 'sales-emea').optional(),
			description,
		})
		.refine(...somethingToChange(['new_name', 'description'])),
	request: (params) => {
		const { group_name: name, ...rest } = params;
		return { name, ...given(rest) };
	},
});

const remove = operation({
	title: 'Delete a group',
	summary: 'Deletes a group; its members stay users. Needs an administrator.',
	call: wire.deleteGroups,
	params: z.object({ group_name }),
	request: (params) => ({ name: [params.group_name] }),
	destructive: true,
	deletes: true,
});

const listMembers = operation({
	title: 'List members of a group',
	summary: 'Gives the users who are in a group. Needs an administrator.',
	call: wire.listMembers,
	params: z.object({ group_name }),
	request: (params) => ({ group: params.group_name, ingroup: true }),
});

const addMembers = operation({
	title: 'Add members to a group',
	summary: 'Lets users join a group; who is in it stays. Needs an administrator.',
	call: wire.changeMembers,
	params: z.object({ group_name, user_names }),
	request: (params) => ({ group: params.group_name, add_member: params.user_names, remove_member: [] }),
});

const removeMembers = operation({
	title: 'Remove members from a group',
	summary: 'Lets users leave a group, with the rights that it gave. Needs an administrator.',
	call: wire.changeMembers,
	params: z.object({ group_name, user_names }),
	request: (params) => ({ group: params.group_name, add_member: [], remove_member: params.user_names }),
	destructive: true,
});

export const groups = resource('Group', {
	list,
	get,
	create,
	update,
	delete: remove,
	listMembers,
	addMembers,
	removeMembers,
});
