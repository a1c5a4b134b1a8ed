import { operation } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { addressbook_id, contact_ids, raw } from '../fields';
import { getBriefContacts, listBriefContacts, listContactGroups, listTeamContacts } from '../wire/web';

export const listRows = operation({
	title: 'List short rows of contacts',
	summary: 'Lists contacts as the web page shows them: few fields, fast, with the numeric IDs that labels use.',
	call: listBriefContacts,
	params: z.object({
		addressbook_id: addressbook_id.optional(),
		with_photo: z
			.boolean()
			.default(false)
			.meta({ title: 'With Photo', description: 'Whether rows hold the photo', advanced: true }),
	}),
});

/** The inner shape of the answer is not public: it is passed on as it is. */
export const getRows = operation({
	title: 'Get rows of contacts',
	summary: 'Gives contacts by their numeric IDs as the web API has them.',
	call: getBriefContacts,
	params: z.object({ contact_ids }),
	request: ({ contact_ids: ids }) => ({ ids }),
});

export const listTeam = operation({
	title: 'List team contacts',
	summary: 'Gives the people of the directory as the web API has them.',
	call: listTeamContacts,
	params: z.object({ parameters: raw }),
	request: ({ parameters }) => parameters,
});

export const listGroups = operation({
	title: 'List groups of contacts',
	summary: 'Gives the groups within an address book as the web API has them.',
	call: listContactGroups,
	params: z.object({ addressbook_id }),
});
