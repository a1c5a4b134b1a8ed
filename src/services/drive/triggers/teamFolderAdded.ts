import { listTrigger } from '../../../catalog/listTrigger';
import { z } from '../../../vendor/zod';
import { wholeList } from '../lib/wholeList';
import { listTeamFolders, teamFolder } from '../wire/people';

export const teamFolderAdded = listTrigger({
	title: 'Team folder added',
	summary: 'Starts when the account gets access to a team folder.',
	params: z.object({}),
	call: listTeamFolders,
	look: async (_, dsm) => await wholeList(dsm, listTeamFolders),
	id: ({ team_id }) => team_id,
	on: 'created',
	event: teamFolder.with({ event_id: z.string() }),
	newest: 'first',
});
