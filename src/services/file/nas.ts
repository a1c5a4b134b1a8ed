import { operation, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';

/** Some releases give the protocols as one text. */
const listOf = (value: unknown): string[] =>
	(Array.isArray(value) ? (value as unknown[]).map(String) : String(value ?? '').split(',')).filter(
		(part) => part !== '',
	);

const get = operation({
	title: 'Get capabilities',
	summary: 'Says who the account is to File Station and what the NAS can do: links, remote folders.',
	call: { api: 'SYNO.FileStation.Info', method: 'get', version: 2 },
	params: z.object({}),
	response: (data: Record<string, unknown>) => ({
		...data,
		support_virtual_protocol: listOf(data['support_virtual_protocol'] ?? data['support_virtual']),
	}),
	result: z.looseObject({
		hostname: z.string(),
		is_manager: z.boolean(),
		support_sharing: z.boolean().optional(),
		support_virtual_protocol: z.array(z.string()),
	}),
	readOnly: true,
	basis: 'guide',
});

export const info = resource('File Station', { get });

const list = operation({
	title: 'List remote folders',
	summary: 'Gives the remote folders and disk images of one kind that are mounted on the NAS.',
	call: { api: 'SYNO.FileStation.VirtualFolder', method: 'list', version: 2 },
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
	page: { items: 'folders', max: 500 },
	result: z.array(z.looseObject({ path: z.string(), name: z.string(), isdir: z.boolean().optional() })),
	readOnly: true,
	basis: 'guide',
});

export const mounts = resource('Remote folder', { list });
