import type { Behaviour, BehaviourTable } from '../../core/behaviour';
import { behaviour, integer, missing, Refusal, type ContactsCall } from './call';

const SOURCE = 'SYNO.Contacts.ExternalSource';
const ADMIN = 'SYNO.Contacts.AdminSetting';

/** Sources have no known fields: they are kept as they come, under an id. */
function addSource({ contacts, params }: ContactsCall): { id: number } {
	const id = contacts.sources.length + 1;
	contacts.sources.push({ ...params, id });
	return { id };
}

function sourceOf(call: ContactsCall): Record<string, unknown> {
	const id = integer(call, 'id');
	const source = call.contacts.sources.find((one) => one.id === id);
	if (!source) throw new Refusal(117);
	return source;
}

/** The parameters are not public: the call is kept and answered with success (contacts.md 13). */
const recorded = (method: string): Behaviour =>
	behaviour(({ contacts, params }) => void contacts.recorded.push({ method, params }));

/** External sources, directory, account and administration (contacts.md 6, 7). */
export const otherBehaviours: BehaviourTable = {
	[`${SOURCE}.list`]: behaviour(({ contacts: { sources } }) => ({ external_sources: sources, total: sources.length })),
	[`${SOURCE}.get`]: behaviour(sourceOf),
	[`${SOURCE}.refresh`]: behaviour((call) => void sourceOf(call)),
	[`${SOURCE}.create`]: behaviour(addSource),
	[`${SOURCE}.create_carddav`]: behaviour(addSource),
	[`${SOURCE}.set`]: behaviour((call) => void Object.assign(sourceOf(call), call.params)),
	[`${SOURCE}.set_carddav`]: behaviour((call) => void Object.assign(sourceOf(call), call.params)),
	'SYNO.Contacts.OU.list': behaviour((call) => {
		if (Object.keys(call.params).every((name) => ['api', 'method', 'version', '_sid'].includes(name)))
			throw missing(call, 'parent');
		return { ou: [], total: 0 };
	}),
	'SYNO.Contacts.Info.get': behaviour(({ contacts, me: { uid, name, nickname } }) => ({
		principal: { id: uid, type: 0, account_name: name, display_name: nickname || name },
		is_migrating: false,
		is_sharing_addressbook_prohibited: contacts.sharingProhibited,
	})),
	'SYNO.Contacts.Info.get_timezone': behaviour(() => ({
		timezone: [
			{ id: 'Europe/London', offset: 0 },
			{ id: 'Europe/Rome', offset: 3600 },
		],
	})),
	[`${ADMIN}.get`]: behaviour(() => ({
		bound_domain_name: '',
		bound_domain_type: '',
		dsm_domain_name: '',
		dsm_domain_type: '',
		is_migrating: false,
		migration: {
			is_mailclient_with_data: false,
			last_migration_end_time: 0,
			migration_status: 0,
			not_migrated_count: 0,
		},
	})),
	[`${ADMIN}.set`]: recorded('set'),
	[`${ADMIN}.set_sharing`]: recorded('set_sharing'),
	[`${ADMIN}.migrate`]: recorded('migrate'),
};
