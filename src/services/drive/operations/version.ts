import type { Dsm } from '../../core/dsm';
import { fileAnswer, textId } from '../../catalog/fields';
import { operation, procedure, resource } from '../../catalog/operation';
import { waitFor } from '../../catalog/tasks';
import { z } from '../../vendor/zod';
import { calls, digits, nothing, toNothing, type WireFile } from './fields';
import { anyFile } from './place';

const revisionsApi = 'SYNO.SynologyDrive.Revisions';
const explorer = {
	versions: { api: 'SYNO.SynologyDrive.Node', method: 'list_version', version: 1 },
	start: { api: 'SYNO.SynologyDrive.Node.Restore', method: 'start', version: 1 },
	status: { api: 'SYNO.SynologyDrive.Node.Restore', method: 'status', version: 1 },
	finish: { api: 'SYNO.SynologyDrive.Node.Restore', method: 'finish', version: 1 },
} as const;

const TEAM = /^\/team-folders\/([^/]+)(\/.*)?$/s;

/** The view of the Version Explorer that a file belongs to, and its path there: My Drive or a team folder. */
export function inView({ display_path = '' }: Pick<WireFile, 'display_path'>): { target: string; path: string } {
	const [, team, inside] = TEAM.exec(display_path) ?? [];
	return team === undefined
		? { target: 'user', path: display_path.replace(/^\/mydrive/, '') || '/' }
		: { target: `@${team}`, path: inside ?? '/' };
}

export const list = procedure({
	title: 'List versions of a file',
	summary: 'Lists the versions of a file of My Drive or a team folder, the newest first.',
	uses: [calls.get, explorer.versions],
	params: z.object({ path: anyFile() }),
	result: z.array(
		z.looseObject({
			sync_id: textId(),
			create_time: z.coerce.number<number | string>().optional(),
			modify_time: z.coerce.number<number | string>().optional(),
			size: z.coerce.number<number | string>().optional(),
			hash: z.string().optional(),
			version_updater: z.string().optional(),
		}),
	),
	readOnly: true,
	basis: 'capture',
	async run(wanted, dsm) {
		const file = (await dsm.call(calls.get, { path: wanted.path })) as WireFile;
		const data = (await dsm.call(explorer.versions, inView(file))) as { items?: { sync_id: number }[] } | undefined;
		return data?.items ?? [];
	},
});

const version_id = digits('Version', 'Version by its number: sync_id of the list');

/** The keys of these two calls were never captured: path and version_id, as in their neighbours (drive.md 11.5). */
export const download = operation({
	title: 'Download a version of a file',
	summary: 'Gives an older version of a file.',
	call: { api: revisionsApi, method: 'download', version: 2 },
	params: z.object({ path: anyFile(), version_id }),
	result: fileAnswer(),
	returns: 'file',
	readOnly: true,
	basis: 'inferred',
});

export const restore = operation({
	title: 'Restore a version of a file',
	summary: 'Makes an older version of a file the present one.',
	call: { api: revisionsApi, method: 'restore', version: 2 },
	params: z.object({ path: anyFile(), version_id }),
	response: toNothing,
	result: nothing,
	basis: 'inferred',
});

export const revisions = resource('Version', { list, download, restore });

export interface WireNode {
	node_id: string;
	sync_id: string;
	name: string;
	path: string;
	file_type: number;
	is_removed: boolean;
}

/** Restores nodes by the Version Explorer, which does one restore at a time and has to be told when it was seen to end. */
export async function restoreNodes(dsm: Dsm, target: string, nodes: WireNode[], seconds: number): Promise<void> {
	const rows = nodes.map(({ node_id, file_type, path, name }) => ({ node_id, sync_id: '0', file_type, path, name }));
	await dsm.call(explorer.start, { target, nodes: rows, override: true, include_removed: true });
	await waitFor(dsm, {
		status: async () =>
			(await dsm.call(explorer.status, {}, { readOnly: true })) as { current?: number; total?: number },
		isDone: ({ current = 0, total = 0 }) => current >= total,
		stop: async (other) => await other.call(explorer.finish),
		timeout: seconds,
		what: 'The restore',
	});
	await dsm.call(explorer.finish);
}

export const restoreCalls = [explorer.start, explorer.status, explorer.finish] as const;
