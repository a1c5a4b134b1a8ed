import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { listMounts } from '../wire/station';

const list = operation({
	title: 'List remote folders',
	summary: 'Gives the remote folders and disk images of one kind that are mounted on the NAS.',
	call: listMounts,
	params: z.object({
		type: z
			.enum(['cifs', 'nfs', 'iso'])
			.default('cifs')
			.meta({
				title: 'Kind',
				description: 'Kind of the mount',
				labels: { cifs: 'SMB folder', nfs: 'NFS folder', iso: 'Disk image' },
			}),
	}),
	request: (given) => ({ ...given, additional: ['real_path', 'mount_point_type', 'volume_status'] }),
});

export const mounts = resource('Remote folder', { list });
