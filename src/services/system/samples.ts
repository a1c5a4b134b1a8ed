import type { Samples } from '../../catalog/samples';

export const samples: Samples = {
	'*': {
		device: '/dev/sata1',
		dev_id: 'usb1',
		package_id: 'WebStation',
		task_id: '13',
		task_name: 'At startup',
		share_name: 'docs',
		backup_id: '3',
		active_task_id: '4',
		plan_id: 'a1b2c3',
		container_name: 'web',
		project_id: '6e3b4c1a-8f00-4f1e-9a35-0d9c3a1b2c4d',
	},
	'nas.restart': { confirm: true },
	'nas.stop': { confirm: true },
	'share.create': { share_name: 'projects', vol_path: '/volume1', desc: 'Projects' },
	'share.update': { desc: 'Papers' },
	'share.delete': { confirm: true },
	'snapshot.update': { lock: true },
	'nas.wake': { address: '127.0.0.1' },
};
