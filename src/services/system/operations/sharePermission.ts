import { operation } from '../../../catalog/operation';
import { textId } from '../../../catalog/fields';
import { DsmApiError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { share_name } from '../fields';
import * as wire from '../wire/shares';

const kind = z
	.enum(['local_user', 'local_group'])
	.default('local_user')
	.meta({
		title: 'Kind',
		description: 'Whether permissions of users or of groups',
		labels: { local_user: 'Users', local_group: 'Groups' },
	});

const RIGHTS = { write: 'Read and write', read: 'Read only', deny: 'No access', none: 'None of its own' };
type Granted = keyof typeof RIGHTS;

const asked = (given: { share_name: string; kind: string }) => ({
	name: given.share_name,
	user_group_type: given.kind,
});

export const listPermissions = operation({
	title: 'List permissions of a shared folder',
	summary: 'Says which users, or groups, may read and write in a shared folder. Needs an administrator.',
	call: wire.listPermissions,
	params: z.object({ share_name, kind }),
	request: asked,
});

const flagsOf = (granted: Granted) => ({
	is_writable: granted === 'write',
	is_readonly: granted === 'read',
	is_deny: granted === 'deny',
});
const isAs = (row: wire.Permission, wanted: ReturnType<typeof flagsOf>): boolean =>
	row.is_writable === wanted.is_writable && row.is_readonly === wanted.is_readonly && row.is_deny === wanted.is_deny;

/** What the call wants is inferred: the permissions are read again, so that nobody takes a folder for closed that is open. */
export const setPermission = operation({
	title: 'Set a permission of a shared folder',
	summary: 'Sets what a user or a group may do in a shared folder. Needs an administrator.',
	call: wire.setPermissions,
	params: z.object({
		share_name,
		kind,
		name: textId()
			.pipe(z.string().trim().min(1))
			.meta({ title: 'Name', description: 'Name of the user or group', placeholder: 'e.g. bob' }),
		permission: z
			.enum(Object.keys(RIGHTS) as [Granted, ...Granted[]])
			.meta({ title: 'Permission', description: 'What is granted', labels: RIGHTS }),
	}),
	request: (given) => ({
		...asked(given),
		permissions: [{ name: given.name, ...flagsOf(given.permission), is_custom: false }],
	}),
	then: { call: wire.listPermissions, request: asked },
	response(_, { params, then }) {
		const row = then.find(({ name }) => name === params.name);
		if (row && isAs(row, flagsOf(params.permission))) return row;
		throw new DsmApiError(`The NAS took the call, but the permission of ${params.name} is not as wanted.`, {
			hint: 'Set it in Control Panel, Shared Folder: the account may not exist, or this release may want other parameters.',
		});
	},
	result: wire.permission,
});
