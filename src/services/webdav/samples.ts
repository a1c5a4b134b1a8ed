import type { Samples } from '../../catalog/samples';

export const samples: Samples = {
	'*': {
		path: '/docs/report.txt',
		folder: '/docs',
		to: '/docs/archive.txt',
		lock_token: 'opaquelocktoken:5f0c7a2e-8f00-4f1e-9a35-0d9c3a1b2c4d',
		entity_name: 'bob',
		name: 'bob',
		who: 'bob',
		right: 'allow',
	},
	'settings.update': { http_port: 5015 },
	'settings.setRaw': { values: { enable_https: true } },
	'speedLimit.set': { upload_limit: 2048, download_limit: 4096 },
	'block.update': { attempts: 5 },
	'folder.create': { path: '/docs/new' },
};
