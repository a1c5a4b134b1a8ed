import { textId } from '../../../catalog/fields';
import { operation, resource } from '../../../catalog/operation';
import { sorting } from '../../../catalog/sorting';
import { z } from '../../../vendor/zod';
import { given, inCapitals } from '../fields';
import { listActiveShares, listShares, setShares, shareSettings, type ShareSettings } from '../wire/administration';
import { listTeamFolders, listTeamMembers } from '../wire/people';

const name = z
	.string()
	.min(1)
	.meta({
		title: 'Shared Folder',
		description: 'Shared folder of the NAS',
		widget: 'picker',
		choices: { from: 'drive.teamFolder.listSharedFolders', value: 'share_name', label: 'share_name' },
		by: { id: 'e.g. projects' },
	});

export const list = operation({
	title: 'List team folders',
	summary: 'Lists the team folders that the account may see.',
	call: listTeamFolders,
	params: z.object(sorting({ name: 'Name', owner: 'Owner' })),
});

export const listMembers = operation({
	title: 'List members of a team folder',
	summary: 'Lists the users who have access to a team folder, and their roles.',
	call: listTeamMembers,
	params: z.object({
		team_id: textId().meta({
			title: 'Team Folder',
			description: 'Team folder of the account',
			widget: 'picker',
			choices: { from: 'drive.teamFolder.list', value: 'team_id', label: 'name' },
			by: { id: 'e.g. 2' },
		}),
	}),
});

export const listActive = operation({
	title: 'List active team folders',
	summary: 'Lists the shared folders that are enabled as team folders, with My Drive.',
	call: listActiveShares,
	params: z.object({}),
});

const usual = { sort_by: 'share_name', sort_direction: 'ASC' };

export const listSharedFolders = operation({
	title: 'List shared folders',
	summary: 'Lists all shared folders with their settings as team folders (administrators).',
	right: 'administrator',
	call: listShares,
	params: z.object(
		sorting({
			share_name: 'Name',
			share_status: 'Status',
			rotate_cnt: 'Versions',
			rotate_policy: 'Rotation',
			disable_download: 'Download',
			enable_watermark: 'Watermark',
		}),
	),
	request: inCapitals,
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

type Named = { name: string };

/** A shared folder as the NAS has it: `query` is the beginning of its name. */
const asItIs = { call: listShares, request: ({ name: query }: Named) => ({ ...usual, query }) };
const named = (rows: readonly ShareSettings[], { name: share_name }: Named): ShareSettings =>
	rows.find((row) => row.share_name === share_name) ?? { share_name };

export const enable = operation({
	title: 'Enable a team folder',
	summary: 'Makes a team folder of a shared folder (administrators).',
	right: 'administrator',
	call: setShares,
	params: z.object({ name, versions: count.default(8), policy: policy.default('smart') }),
	request: ({ name: share_name, versions, policy: rotate_policy }) => ({
		share: [{ share_name, share_enable: true, rotate_cnt: versions, rotate_policy, rotate_days: 0 }],
	}),
	then: asItIs,
	response: (_, { params, then }) => named(then, params),
	result: shareSettings,
});

/**
 * Settings that are left out may be reset, and stating again that it is enabled makes the NAS ignore it all (drive.md 11.3). Destructive:
 * fewer versions are kept than there are.
 */
export const update = operation({
	title: 'Update a team folder',
	summary: 'Changes how many versions a team folder keeps; those beyond that are lost (administrators).',
	right: 'administrator',
	params: z.object({ name, versions: count.optional(), policy: policy.optional() }),
	known: asItIs,
	call: setShares,
	request({ name: share_name, versions, policy: rotate_policy }, known) {
		const { share_enable, share_status, share_type, ...settings } = named(known, { name: share_name });
		const applying = Object.entries(settings).filter(([, value]) => value !== null);
		return { share: [{ ...Object.fromEntries(applying), ...given({ rotate_cnt: versions, rotate_policy }) }] };
	},
	then: asItIs,
	response: (_, { params, then }) => named(then, params),
	result: shareSettings,
	destructive: true,
});

export const disable = operation({
	title: 'Disable a team folder',
	summary:
		'Takes a team folder out of Drive: its versions are lost, its files stay in the shared folder (administrators).',
	right: 'administrator',
	call: setShares,
	params: z.object({ name }),
	request: ({ name: share_name }) => ({ share: [{ share_name, share_enable: false }] }),
	destructive: true,
});

export const teamFolders = resource('Team Folder', {
	list,
	listMembers,
	listActive,
	listSharedFolders,
	enable,
	update,
	disable,
});
