import type { Dsm } from '../../core/dsm';
import { textId } from '../../catalog/fields';
import { operation, procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { calls, given, nothing } from './fields';

const share = 'SYNO.SynologyDrive.Share';
const call = {
	list: { api: share, method: 'list', version: 2 },
	set: { api: share, method: 'set', version: 2 },
} as const;
const sorting = { sort_by: 'share_name', sort_direction: 'ASC' };

const name = z
	.string()
	.min(1)
	.meta({
		title: 'Shared Folder',
		description: 'Shared folder of the NAS',
		widget: 'picker',
		choices: { from: 'drive.teamFolder.listAll', value: 'share_name', label: 'share_name' },
		by: { id: 'e.g. projects' },
	});

export const list = operation({
	title: 'List team folders',
	summary: 'Lists the team folders that the account may see.',
	call: calls.teamFolders,
	params: z.object({}),
	page: { items: 'items', max: 1000 },
	result: z.array(
		z.looseObject({
			team_id: textId(),
			name: z.string(),
			file_id: textId(),
			enable_versioning: z.boolean().optional(),
			keep_versions: z.number().optional(),
		}),
	),
	readOnly: true,
	basis: 'guide',
});

export const listMembers = operation({
	title: 'List members of a team folder',
	summary: 'Lists the users who have access to a team folder, and their roles.',
	call: { api: 'SYNO.SynologyDrive.TeamFolders', method: 'list_members', version: 1 },
	params: z.object({
		team_id: textId().meta({
			title: 'Team Folder',
			description: 'Team folder of the account',
			widget: 'picker',
			choices: { from: 'drive.teamFolder.list', value: 'team_id', label: 'name' },
			by: { id: 'e.g. 2' },
		}),
	}),
	page: { items: 'items', max: 1000 },
	result: z.array(
		z.looseObject({
			name: z.string(),
			uid: z.number().optional(),
			display_name: z.string().optional(),
			role: z.string().optional(),
		}),
	),
	readOnly: true,
	basis: 'guide',
});

export const listActive = operation({
	title: 'List active team folders',
	summary: 'Lists the shared folders that are enabled as team folders, with My Drive.',
	call: { api: share, method: 'list_active', version: 2 },
	params: z.object({}),
	page: { items: 'items' },
	result: z.array(z.looseObject({ name: z.string(), type: z.string().optional() })),
	readOnly: true,
	basis: 'guide',
});

/** All four of the paging parameters are required (drive.md 11.3). */
export const listAll = operation({
	title: 'List shared folders',
	summary: 'Lists all shared folders with their settings as team folders (administrators).',
	call: call.list,
	params: z.object({}),
	request: () => sorting,
	page: { items: 'items', max: 1000 },
	result: z.array(
		z.looseObject({
			share_name: z.string(),
			share_enable: z.boolean().optional(),
			share_status: z.string().optional(),
			rotate_cnt: z.union([z.number(), z.string()]).optional(),
			rotate_policy: z.string().optional(),
		}),
	),
	readOnly: true,
	basis: 'guide',
});

const count = z.coerce
	.number<number | string>()
	.int()
	.min(0)
	.max(32)
	.meta({ title: 'Versions', description: 'Versions that are kept of a file; 0: none' });
const policy = z.enum(['fifo', 'smart']).meta({
	title: 'Rotation',
	description: 'Which versions go first',
	labels: { fifo: 'The Oldest', smart: 'Intelliversioning' },
});

/** "Success" comes even when a folder is skipped, so the state is read again. */
async function changed(dsm: Dsm, row: Record<string, unknown>): Promise<z.input<typeof state>> {
	await dsm.call(call.set, { share: [row] });
	const params = { ...sorting, query: row.share_name, offset: 0, limit: 100 };
	const { items = [] } = (await dsm.call(call.list, params, { readOnly: true })) as {
		items?: Record<string, unknown>[];
	};
	return (items.find(({ share_name }) => share_name === row.share_name) ?? row) as z.input<typeof state>;
}
const state = z.looseObject({ share_name: z.string(), share_enable: z.boolean().optional() });

export const enable = procedure({
	title: 'Enable a team folder',
	summary: 'Makes a team folder of a shared folder (administrators).',
	uses: [call.set, call.list],
	params: z.object({ name, versions: count.default(8), policy: policy.default('smart') }),
	result: state,
	basis: 'guide',
	run: async (wanted, dsm) =>
		await changed(dsm, {
			share_name: wanted.name,
			share_enable: true,
			rotate_cnt: wanted.versions,
			rotate_policy: wanted.policy,
			rotate_days: 0,
		}),
});

/** Settings that are left out may be reset, and stating again that it is enabled makes the NAS ignore it all (drive.md 11.3). */
export const configure = procedure({
	title: 'Configure a team folder',
	summary: 'Changes how many versions a team folder keeps (administrators).',
	uses: [call.list, call.set],
	params: z.object({ name, versions: count.optional(), policy: policy.optional() }),
	result: state,
	basis: 'capture',
	async run(wanted, dsm) {
		const params = { ...sorting, query: wanted.name, offset: 0, limit: 100 };
		const { items = [] } = (await dsm.call(call.list, params, { readOnly: true })) as {
			items?: Record<string, unknown>[];
		};
		const { share_enable, share_status, share_type, ...old } =
			items.find(({ share_name }) => share_name === wanted.name) ?? {};
		const known = Object.fromEntries(Object.entries(old).filter(([, value]) => value !== '-'));
		const wish = given({ rotate_cnt: wanted.versions, rotate_policy: wanted.policy });
		return await changed(dsm, { ...known, share_name: wanted.name, ...wish });
	},
});

export const disable = procedure({
	title: 'Disable a team folder',
	summary:
		'Takes a team folder out of Drive: its versions are lost, its files stay in the shared folder (administrators).',
	uses: [call.set],
	params: z.object({ name }),
	result: nothing,
	destructive: true,
	basis: 'guide',
	async run(wanted, dsm) {
		await dsm.call(call.set, { share: [{ share_name: wanted.name, share_enable: false }] });
		return {};
	},
});

export const teamFolders = resource('Team Folder', {
	list,
	listMembers,
	listActive,
	listAll,
	enable,
	configure,
	disable,
});
