import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';

/** What is passed on as it comes, since its inner shape is not public. */
const passed = z.looseObject({});
/** The same of a write, which may have nothing to tell. */
const told = z.preprocess((data) => data ?? {}, passed);
/** What a write says of what it made (contacts.md 3.2, 5). */
const made = z.preprocess((data) => data ?? {}, row({ id: field.id().optional() }));

const inferred = (source: string) => ({ basis: 'inferred', source: `contacts.md ${source}` }) as const;
const captured = (source: string) => ({ basis: 'capture', source: `contacts.md ${source}`, readOnly: true }) as const;
const guessed = (source: string) => ({ ...inferred(source), readOnly: true, answer: passed }) as const;

/** The codes in `type`, `mode` and `status` are not public: they are given as they are. */
export const addressBookRow = row({
	id: field.id(),
	name: field.text(),
	/** Likely the name of the collection in CardDAV. */
	uri: field.text().optional(),
	member_count: field.number().optional(),
	/** Account whose address book it is; empty for one's own. */
	shared_from: field.text().optional(),
	shared_with: field.text().optional(),
	owned_shared: field.flag().optional(),
	type: field.number().optional(),
	mode: field.number().optional(),
	status: field.number().optional(),
});

export const listAddressBooks = call('SYNO.Contacts.Addressbook', 'list', 1, {
	list: 'addressbook',
	of: addressBookRow,
	...captured('3.1'),
});
export const getAddressBook = call('SYNO.Contacts.Addressbook', 'get', 1, guessed('3.2'));
export const createAddressBook = call('SYNO.Contacts.Addressbook', 'create', 1, { ...inferred('3.2'), answer: made });
export const setAddressBook = repeatable(call('SYNO.Contacts.Addressbook', 'set', 1, inferred('3.2')));
export const deleteAddressBooks = repeatable(call('SYNO.Contacts.Addressbook', 'delete', 1, inferred('3.2')), {
	done: [],
});
export const shareAddressBook = repeatable(call('SYNO.Contacts.Addressbook', 'share_addressbook', 1, inferred('3.2')));
export const listPrincipals = call('SYNO.Contacts.Addressbook', 'list_principal', 1, guessed('3.2'));
export const setAddressBookDisplay = repeatable(
	call('SYNO.Contacts.Addressbook', 'set_addressbook_display', 1, inferred('3.2')),
);

/** A contact as the web page shows it: no moment, no version. `photo` is empty unless it was asked for. */
export const briefContact = row(
	{
		id: field.id(),
		full_name: field.text(),
		primary_mail: field.text().optional(),
		primary_tel: field.text().optional(),
		company: field.text().optional(),
		department: field.text().optional(),
		title: field.text().optional(),
		addressbook_id: field.id().optional(),
		is_editable: field.flag().optional(),
		/** IDs of its labels. */
		label: z.array(field.id()).optional(),
		is_hidden: field.flag().optional(),
		photo: field.text().optional(),
		usage_frequency: field.number().optional(),
	},
	{
		lift: ['additional'],
		simple: [
			'id',
			'full_name',
			'primary_mail',
			'primary_tel',
			'company',
			'department',
			'title',
			'addressbook_id',
			'is_editable',
			'label',
		],
	},
);

/** There is no total, and a NAS may ignore the limits. */
export const listBriefContacts = call('SYNO.Contacts.Contact', 'list', 2, {
	list: 'contact',
	of: briefContact,
	page: 500,
	...captured('4.1'),
});
export const getBriefContacts = call('SYNO.Contacts.Contact', 'get', 2, guessed('4.2'));
export const listTeamContacts = call('SYNO.Contacts.Contact', 'list_team_contact', 2, guessed('4.2'));
export const listContactGroups = call('SYNO.Contacts.Contact', 'list_group', 2, guessed('4.2'));

/** A member is an ID, or an object with one: the capture had none. */
const memberId = z.preprocess(
	(member) => (typeof member === 'object' && member !== null && 'id' in member ? member.id : member),
	field.id(),
);

export const labelRow = row({
	id: field.id(),
	name: field.text(),
	color: field.text().optional(),
	type: field.number().optional(),
	/** IDs of its contacts. */
	member: z.array(memberId).optional(),
	member_count: field.number().optional(),
});

export const listLabels = call('SYNO.Contacts.Label', 'list', 2, { list: 'label', of: labelRow, ...captured('5') });
export const createLabel = call('SYNO.Contacts.Label', 'create', 2, { ...inferred('5'), answer: made });
export const setLabel = repeatable(call('SYNO.Contacts.Label', 'set', 2, inferred('5')));
export const deleteLabels = repeatable(call('SYNO.Contacts.Label', 'delete', 2, inferred('5')), { done: [] });
export const addLabelMembers = repeatable(call('SYNO.Contacts.Label', 'add_member', 2, inferred('5')));
export const removeLabelMembers = repeatable(call('SYNO.Contacts.Label', 'remove_member', 2, inferred('5')));

/** The capture had none: what a source holds is not public. */
const sourceRow = row({ id: field.id().optional() });

export const listSources = call('SYNO.Contacts.ExternalSource', 'list', 1, {
	list: 'external_sources',
	of: sourceRow,
	...captured('6'),
});
export const getSource = call('SYNO.Contacts.ExternalSource', 'get', 1, guessed('6'));
export const refreshSource = call('SYNO.Contacts.ExternalSource', 'refresh', 1, { ...inferred('6'), answer: told });
export const createSource = call('SYNO.Contacts.ExternalSource', 'create', 1, { ...inferred('6'), answer: made });
export const setSource = repeatable(call('SYNO.Contacts.ExternalSource', 'set', 1, { ...inferred('6'), answer: told }));
export const createDavSource = call('SYNO.Contacts.ExternalSource', 'create_carddav', 1, {
	...inferred('6'),
	answer: made,
});
export const setDavSource = repeatable(
	call('SYNO.Contacts.ExternalSource', 'set_carddav', 1, { ...inferred('6'), answer: told }),
);

export const listDirectory = call('SYNO.Contacts.OU', 'list', 1, guessed('6'));

/** Version 1: the NAS offers 2 and has no method there. */
export const getInfo = call('SYNO.Contacts.Info', 'get', 1, {
	answer: row(
		{
			/** ID of the account. */
			id: field.id(),
			account_name: field.text(),
			display_name: field.text().optional(),
			is_migrating: field.flag().optional(),
			is_sharing_addressbook_prohibited: field.flag().optional(),
		},
		{ lift: ['principal'] },
	),
	...captured('7'),
});
export const readTimeZones = call('SYNO.Contacts.Info', 'get_timezone', 1, guessed('7'));

export const getAdminSetting = call('SYNO.Contacts.AdminSetting', 'get', 1, {
	answer: row(
		{
			is_migrating: field.flag(),
			bound_domain_name: field.text().optional(),
			bound_domain_type: field.text().optional(),
			dsm_domain_name: field.text().optional(),
			dsm_domain_type: field.text().optional(),
			migration_status: field.number().optional(),
			not_migrated_count: field.number().optional(),
			is_mailclient_with_data: field.flag().optional(),
			/** As it comes: only 0 was seen, so that its unit is not known. */
			last_migration_end_time: field.number().optional(),
		},
		{ lift: ['migration'] },
	),
	...captured('7'),
});
export const setAdminSetting = repeatable(
	call('SYNO.Contacts.AdminSetting', 'set', 1, { ...inferred('7'), answer: told }),
);
export const setAdminSharing = repeatable(
	call('SYNO.Contacts.AdminSetting', 'set_sharing', 1, { ...inferred('7'), answer: told }),
);
