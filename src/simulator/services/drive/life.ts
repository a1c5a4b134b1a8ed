import type { Scene } from '../../core/life';
import { driveOf, type DriveState } from './state';
import type { DriveNode } from './types';

type DriveScene = (drive: DriveState, round: number) => void;

const inbox = (drive: DriveState): DriveNode => drive.folder(drive.home('alice'), '/inbox');
const newest = (drive: DriveState): DriveNode | undefined =>
	[...inbox(drive).children.values()].filter(({ isDir }) => !isDir).at(-1);

const scenes: DriveScene[] = [
	(drive, round) => drive.put('alice', `/inbox/invoice-${round + 1}.pdf`, `invoice ${round + 1}\n`),
	(drive, round) => drive.put('alice', `/docs/notes.txt`, `notes, round ${round + 1}\n`),
	(drive, round) => withNewest(drive, (node) => drive.renameAs('alice', node, `paid-${round + 1}.pdf`)),
	(drive, round) => {
		const file = drive.put('bob', `/shared/draft-${round + 1}.txt`, `draft ${round + 1}\n`);
		drive.shareAs('bob', file, { type: 'user', name: 'alice' }, 'viewer');
	},
	(drive) => withNewest(drive, (node) => drive.starAs('alice', node)),
	(drive) => withNewest(drive, (node) => drive.labelOf('alice', 'Urgent').files.add(node)),
	(drive) => withNewest(drive, (node) => drive.moveAs('alice', node, drive.folder(drive.home('alice'), '/docs/paid'))),
	(drive) => {
		// A demo may run for weeks: the oldest papers go.
		const paid = [...drive.folder(drive.home('alice'), '/docs/paid').children.values()];
		for (const node of paid.slice(0, -20)) drive.removeAs('alice', node);
		for (const connection of drive.connections.slice(0, 1))
			connection.client_status = connection.client_status === 'on_line' ? 'off_line' : 'on_line';
		drive.log.splice(1000);
		drive.notifications.splice(100);
	},
];

/** Papers come in, are renamed, labelled, starred and filed; bob shares drafts; a laptop comes and goes. */
export const driveScenes: Scene[] = scenes.map((scene) => (nas, round) => scene(driveOf(nas), round));

function withNewest(drive: DriveState, act: (node: DriveNode) => void): void {
	const node = newest(drive);
	if (node) act(node);
}
