import type { Call } from '../../../core/call';
import type { Dsm } from '../../../core/dsm';
import { waitFor } from '../../../catalog/tasks';
import type { DriveFile } from '../wire/files';
import { finishRestore, getRestore, startRestore, type Node } from '../wire/history';

const TEAM = /^\/team-folders\/([^/]+)(\/.*)?$/s;

/** The view of the Version Explorer that a file belongs to, and its path there: My Drive or a team folder. */
export function inView({ display_path = '' }: Pick<DriveFile, 'display_path'>): { target: string; path: string } {
	const [, team, inside] = TEAM.exec(display_path) ?? [];
	return team === undefined
		? { target: viewOf(''), path: display_path.replace(/^\/mydrive/, '') || '/' }
		: { target: viewOf(team), path: inside ?? '/' };
}

/** The view of a team folder; of an empty name My Drive. */
export const viewOf = (team: string): string => (team === '' ? 'user' : `@${team}`);

export const restoreCalls: readonly Call[] = [startRestore, getRestore, finishRestore];

/** Restores a node by the Version Explorer, which does one restore at a time and has to be told when it was seen to end. */
export async function restoreNode(dsm: Dsm, target: string, node: Node, timeout: number): Promise<void> {
	const { node_id, file_type, path, name } = node;
	const nodes = [{ node_id, sync_id: '0', file_type, path, name }];
	await dsm.call(startRestore, { target, nodes, override: true, include_removed: true });
	await waitFor(dsm, {
		status: async () => await dsm.call(getRestore),
		isDone: ({ current = 0, total = 0 }) => current >= total,
		stop: async (other) => await other.call(finishRestore),
		timeout,
		what: 'The restore',
	});
	await dsm.call(finishRestore);
}
