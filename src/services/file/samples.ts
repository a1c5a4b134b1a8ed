import type { Samples } from '../../catalog/samples';

/** Carol's home folder is the only one that holds files in the seed data. */
const PLANS = '/homes/carol/plans';
const FLOOR = `${PLANS}/floor.txt`;

export const samples: Samples = {
	'*': {
		path: FLOOR,
		paths: FLOOR,
		folder: PLANS,
		destination: '/docs',
		filename: 'report.pdf',
		link_id: 'xm2PIzhFq',
		taskid: 'FileStation_51D00B7912CDE0B0',
	},
	'file.upload': { folder: '/docs' },
	'file.move': { paths: FLOOR },
	'file.rename': { name: 'ground-floor.txt' },
	'file.getThumbnail': { path: `${PLANS}/rack.png` },
	'folder.create': { path: '/docs/reports' },
	'folder.search': { pattern: '*.csv' },
	'folder.getSize': { paths: PLANS },
	'archive.compress': { paths: PLANS, archive: '/docs/plans.zip' },
	'archive.extract': { path: '/homes/carol/log.txt.gz' },
	'archive.listItems': { path: '/homes/carol/log.txt.gz' },
	'task.startExtract': { path: '/homes/carol/log.txt.gz' },
	'task.startCompress': { paths: PLANS, archive: '/docs/plans.zip' },
	'link.createRequest': { folder: '/homes/carol/empty', request_name: 'Alice' },
	'favorite.add': { folder: '/homes/carol/empty', name: 'Inbox' },
	'favorite.rename': { path: PLANS, name: 'My plans' },
	'favorite.remove': { path: PLANS },
	'link.update': { password: 's3cret', date_expired: '2027-01-31' },
	'link.create': { date_expired: '2027-01-31' },
	'favorite.setAll': { favorites: [{ path: PLANS, name: 'Plans' }] },
};
