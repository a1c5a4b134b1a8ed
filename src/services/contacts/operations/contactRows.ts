import { z } from '../../vendor/zod';
import { operation } from '../../catalog/operation';
import { addressbook_id, contact_ids, raw } from './fields';

/** The web API gives no total and may ignore the limits (contacts.md 4.1). */
export const listRows = operation({
	title: 'List short rows of contacts',
	summary: 'Lists contacts as the web page shows them: few fields, fast, with the numeric IDs that labels use.',
	call: { api: 'SYNO.Contacts.Contact', method: 'list', version: 2 },
	params: z.object({
		addressbook_id: addressbook_id.optional(),
		with_photo: z
			.boolean()
			.default(false)
			.meta({ title: 'With Photo', description: 'Whether rows hold the photo', advanced: true }),
	}),
	page: { items: 'contact', max: 500 },
	result: z.array(
		z.looseObject({
			id: z.coerce.number(),
			full_name: z.string(),
			primary_mail: z.string().optional(),
			primary_tel: z.string().optional(),
			company: z.string().optional(),
			department: z.string().optional(),
			title: z.string().optional(),
			addressbook_id: z.coerce.number().optional(),
			is_editable: z.boolean().optional(),
			photo: z.string().optional(),
		}),
	),
	readOnly: true,
	basis: 'capture',
});

/** The inner shape of the answer is not public: it is passed on as it is. */
export const getRecord = operation({
	title: 'Get records of contacts',
	summary: 'Gives contacts by their numeric IDs as the web API has them.',
	call: { api: 'SYNO.Contacts.Contact', method: 'get', version: 2 },
	params: z.object({ contact_ids }),
	request: ({ contact_ids: ids }) => ({ ids }),
	response: (data) => data ?? {},
	result: z.looseObject({}),
	readOnly: true,
	basis: 'inferred',
});

export const listTeam = operation({
	title: 'List team contacts',
	summary: 'Gives the people of the directory as the web API has them.',
	call: { api: 'SYNO.Contacts.Contact', method: 'list_team_contact', version: 2 },
	params: z.object({ parameters: raw }),
	request: ({ parameters }) => parameters,
	response: (data) => data ?? {},
	result: z.looseObject({}),
	readOnly: true,
	basis: 'inferred',
});

export const listGroups = operation({
	title: 'List groups of contacts',
	summary: 'Gives the groups within an address book as the web API has them.',
	call: { api: 'SYNO.Contacts.Contact', method: 'list_group', version: 2 },
	params: z.object({ addressbook_id }),
	response: (data) => data ?? {},
	result: z.looseObject({}),
	readOnly: true,
	basis: 'inferred',
});
