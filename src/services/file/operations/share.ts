import { operation, resource } from '../../../catalog/operation';
import { sorting } from '../../../catalog/sorting';
import { z } from '../../../vendor/zod';
import { listShares } from '../wire/files';

const list = operation({
	title: 'List shared folders',
	summary: 'Gives the shared folders that the account sees, with the free space of their volumes.',
	call: listShares,
	params: z.object({
		only_writable: z.boolean().default(false).meta({
			title: 'Only Writable',
			description: 'Whether to leave out folders that the account may only read',
			advanced: true,
		}),
		...sorting({
			name: 'Name',
			user: 'Owner',
			group: 'Group',
			mtime: 'Modified',
			atime: 'Last access',
			ctime: 'Changed',
			crtime: 'Created',
			posix: 'Permissions',
		}),
	}),
	request: ({ only_writable, ...order }) => ({
		...order,
		onlywritable: only_writable,
		additional: ['real_path', 'owner', 'time', 'perm', 'mount_point_type', 'volume_status'],
	}),
});

export const shares = resource('Shared folder', { list });
