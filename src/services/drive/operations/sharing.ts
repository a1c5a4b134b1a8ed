import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { anyFile, ROLES } from '../fields';
import { listPermissions, updatePermissions } from '../wire/sharing';

/** Groups, everybody with the link and all users of the NAS share as well as single users do. */
const member = {
	kind: z
		.enum(['user', 'group', 'internal', 'public'])
		.default('user')
		.meta({
			title: 'Kind',
			description: 'With whom',
			labels: { user: 'A User', group: 'A Group', internal: 'All Users of the NAS', public: 'Everybody with the Link' },
		}),
	name: z
		.string()
		.default('')
		.meta({
			title: 'Name',
			description: 'User or group; not needed for all users and everybody',
			placeholder: 'e.g. bob',
			widget: 'picker',
			choices: { from: 'drive.user.list', value: 'name', label: 'name' },
			by: { id: 'e.g. bob' },
		}),
};
const named = ({ kind, name }: { kind: string; name: string }) =>
	kind === 'internal' || kind === 'public' || name !== '';
const nameless = { message: 'is empty: a user or group needs a name', path: ['name'] };
const selector = ({ kind, name }: { kind: string; name: string }) => ({ type: kind, ...(name !== '' && { name }) });

export const list = operation({
	title: 'List permissions',
	summary: 'Lists with whom a file or folder is shared, and how.',
	call: listPermissions,
	params: z.object({ path: anyFile() }),
});

export const share = operation({
	title: 'Share a file or folder',
	summary: 'Gives a user, a group, all users or everybody with the link a role, or changes it.',
	call: updatePermissions,
	params: z
		.object({
			path: anyFile(),
			...member,
			role: z
				.enum(Object.keys(ROLES) as [keyof typeof ROLES])
				.default('viewer' as never)
				.meta({ title: 'Role', description: 'What they may do', labels: ROLES }),
			silent: z
				.boolean()
				.default(false)
				.meta({ title: 'Silently', description: 'Whether nobody is told', advanced: true }),
			mounted: z.boolean().default(true).meta({
				title: 'Show',
				description: 'Whether it appears in their "Shared with me"',
				advanced: true,
			}),
		})
		.refine(named, nameless),
	request: ({ path, role, silent, mounted, ...who }) => ({
		path,
		permissions: [{ action: 'update', member: selector(who), role, mute: silent, mounted }],
	}),
});

/** Not marked as destructive: the file stays, and the role can be given again. */
export const unshare = operation({
	title: 'Unshare a file or folder',
	summary: 'Takes the role of a user, a group, all users or everybody away.',
	call: updatePermissions,
	params: z.object({ path: anyFile(), ...member }).refine(named, nameless),
	request: ({ path, ...who }) => ({ path, permissions: [{ action: 'delete', member: selector(who) }] }),
});

export const sharing = resource('Sharing', { list, share, unshare });
