import { textId } from '../../catalog/fields';
import { DsmApiError } from '../../core/errors';
import { z } from '../../vendor/zod';

const picked = (title: string, description: string, from: string, value: string, label: string, example: string) =>
	textId()
		.pipe(z.string().min(1))
		.meta({
			title,
			description,
			widget: 'picker',
			choices: { from: `system.${from.includes('.') ? from : `${from}.list`}`, value, label },
			by: { id: `e.g. ${example}` },
		});

export const device = picked('Drive', 'Drive of the NAS', 'disk', 'device', 'name', '/dev/sata1');
export const dev_id = picked(
	'External Drive',
	'Drive that is plugged in',
	'externalDrive',
	'dev_id',
	'dev_title',
	'usb1',
);
export const package_id = picked('Package', 'Installed package', 'package', 'id', 'name', 'Chat');
export const task_id = picked('Task', 'Scheduled task', 'task', 'id', 'name', '13');
export const triggered_task = picked('Task', 'Triggered task', 'triggeredTask', 'name', 'name', 'At startup');
export const share_name = picked('Shared Folder', 'Shared folder of the NAS', 'share', 'name', 'name', 'docs');
export const vol_path = picked('Volume', 'Volume of the NAS', 'volume', 'vol_path', 'vol_path', '/volume1');
export const backup_id = picked('Backup Task', 'Task of Hyper Backup', 'backup', 'task_id', 'name', '3');
export const active_task_id = picked('Task', 'Task of Active Backup', 'activeBackup', 'task_id', 'task_name', '4');
export const plan_id = picked(
	'Replication',
	'Replication of a shared folder',
	'replication',
	'plan_id',
	'target_name',
	'a1b2c3',
);
export const container_name = picked('Container', 'Container of Container Manager', 'container', 'name', 'name', 'web');
export const project_id = picked(
	'Project',
	'Project of Container Manager',
	'project',
	'id',
	'name',
	'6e3b4c1a-8f00-4f1e-9a35-0d9c3a1b2c4d',
);

export const ddns_id = picked('Name', 'DDNS name', 'network.listDdns', 'id', 'hostname', 'Synology');
export const repository = picked('Image', 'Image, without its tag', 'image', 'repository', 'repository', 'nginx');
export const tag = z
	.string()
	.trim()
	.min(1)
	.default('latest')
	.meta({ title: 'Tag', description: 'Tag of the image', placeholder: 'e.g. 1.27' });

/** What cannot be taken back, for everybody, wants to be meant. */
export const confirmation = (missing: string, description: string) =>
	z
		.boolean()
		.default(false)
		.refine((value) => value, missing)
		.meta({ title: 'Confirm', description });

export const keyword = z
	.string()
	.trim()
	.default('')
	.meta({ title: 'Keyword', description: 'Only entries that hold this text', placeholder: 'e.g. failed' });

/** The row with an id, or an error that says that there is none. */
export function rowOf<T>(rows: readonly T[], fits: (row: T) => boolean, what: string): T {
	const found = rows.find(fits);
	if (found) return found;
	throw new DsmApiError(`There is no ${what}.`, { hint: 'List them to see what there is.' });
}
