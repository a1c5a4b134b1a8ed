import { gzipSync } from 'node:zlib';
import type { Nas } from '../../core/nas';
import { picture } from './picture';
import { newLink } from './sharing';
import { filesOf, type FileState } from './state';

const hour = 3_600_000;

/** Shared folders: `docs` and `photo` for all, `homes`. Files lie in carol's home folder only, so that tests find the others empty. */
export function seedFiles(nas: Nas): void {
	const files = filesOf(nas);
	files.volume.addShare('docs');
	files.volume.addShare('photo');
	files.volume.addShare('homes', { otherwise: 'NA' });
	const at = nas.clock.now() - 24 * hour;
	const put = (path: string, content: string | Buffer) =>
		files.write(path, { content, owner: 'carol', times: { mtime: at, crtime: at, ctime: at } });
	put('/homes/carol/plans/floor.txt', 'Rack 1: two servers\n');
	put('/homes/carol/plans/budget.csv', 'item,price\nrack,900\n');
	put('/homes/carol/plans/rack.png', picture(32));
	put('/homes/carol/log.txt.gz', gzipSync('02:00:01 backup started\n'));
	files.mkdir('/homes/carol/empty');
	files.links.set('xm2PIzhFq', newLink('xm2PIzhFq', 'alice', '/homes/carol/plans/floor.txt', at));
	files.favorites.set('alice', [{ path: '/homes/carol/plans', name: 'Plans' }]);
	finishedCopy(files);
}

/** A task that ended before the session of today. */
function finishedCopy({ tasks, nas }: FileState): void {
	const params = { path: ['/homes/carol/plans/floor.txt'], dest_folder_path: '/homes/carol/empty', remove_src: false };
	const about = {
		taskid: 'FileStation_51D00B7912CDE0B0',
		api: 'SYNO.FileStation.CopyMove',
		version: 3,
		user: 'alice',
		sid: '',
	};
	const task = tasks.add({ ...about, params, steps: [], total: 20, path: '/homes/carol/plans/floor.txt', code: 1000 });
	Object.assign(task, { crtime: nas.clock.now() - hour, processed: 20, polls: 1 });
}
