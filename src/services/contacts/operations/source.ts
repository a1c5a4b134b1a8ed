import { z } from '../../vendor/zod';
import type { Call } from '../../core/call';
import { operation, resource } from '../../catalog/operation';
import { id } from '../../catalog/fields';
import { confirm, raw } from './fields';

const passed = z.looseObject({});
const source = (method: string): Call => ({ api: 'SYNO.Contacts.ExternalSource', method, version: 1 });
const unverified = { response: (data: unknown) => data ?? {}, result: passed, basis: 'inferred' } as const;

const listSources = operation({
	title: 'List external sources',
	summary: 'Lists the accounts elsewhere whose contacts are shown.',
	call: source('list'),
	params: z.object({}),
	page: { items: 'external_sources' },
	result: z.array(passed),
	readOnly: true,
	basis: 'capture',
});

const source_id = id().meta({ title: 'Source ID', description: 'ID of the external source, as the list gives it' });
const bySource = {
	params: z.object({ source_id, parameters: raw }),
	request: ({ source_id: of, parameters }: { source_id: number; parameters: Record<string, unknown> }) => ({
		id: of,
		...parameters,
	}),
};
const asGiven = {
	params: z.object({ parameters: raw }),
	request: ({ parameters }: { parameters: Record<string, unknown> }) => parameters,
};

/** Parameters of everything but the list are not public (contacts.md 6): they go as they are. */
export const sources = resource('External Source', {
	list: listSources,
	get: operation({
		title: 'Get an external source',
		summary: 'Gives one external source as the web API has it.',
		call: source('get'),
		...bySource,
		...unverified,
		readOnly: true,
	}),
	refresh: operation({
		title: 'Refresh an external source',
		summary: 'Fetches the contacts of an external source anew.',
		call: source('refresh'),
		...bySource,
		...unverified,
	}),
	create: operation({
		title: 'Add an external source',
		summary: 'Adds a source of the cloud or LDAP kind, with parameters as you give them.',
		call: source('create'),
		...asGiven,
		...unverified,
	}),
	update: operation({
		title: 'Change an external source',
		summary: 'Changes a source of the cloud or LDAP kind, with parameters as you give them.',
		call: source('set'),
		...bySource,
		...unverified,
	}),
	createCardDav: operation({
		title: 'Add a DAV source',
		summary: 'Adds a CardDAV account elsewhere, with parameters as you give them.',
		call: source('create_carddav'),
		...asGiven,
		...unverified,
	}),
	updateCardDav: operation({
		title: 'Change a DAV source',
		summary: 'Changes a CardDAV account elsewhere, with parameters as you give them.',
		call: source('set_carddav'),
		...bySource,
		...unverified,
	}),
});

export const directory = resource('Directory', {
	listUnits: operation({
		title: 'List organizational units',
		summary: 'Gives the units below a node of the directory, with parameters as you give them.',
		call: { api: 'SYNO.Contacts.OU', method: 'list', version: 1 },
		...asGiven,
		...unverified,
		readOnly: true,
	}),
});

const info = (method: string): Call => ({ api: 'SYNO.Contacts.Info', method, version: 1 });

/** Version 1: the NAS offers 2 and has no method there (contacts.md 7). */
export const account = resource('Account', {
	get: operation({
		title: 'Get account information',
		summary: 'Tells who the account is in Contacts, and whether address books may be shared.',
		call: info('get'),
		params: z.object({}),
		result: z.looseObject({
			principal: z.looseObject({ id: z.coerce.number(), account_name: z.string(), display_name: z.string() }),
			is_migrating: z.boolean().optional(),
			is_sharing_addressbook_prohibited: z.boolean().optional(),
		}),
		readOnly: true,
		basis: 'capture',
	}),
	getTimeZones: operation({
		title: 'Get time zones',
		summary: 'Gives the time zones that Contacts knows, as the web API has them.',
		call: info('get_timezone'),
		params: z.object({}),
		response: (data) => data ?? {},
		result: passed,
		readOnly: true,
		basis: 'inferred',
	}),
});

const admin = (method: string): Call => ({ api: 'SYNO.Contacts.AdminSetting', method, version: 1 });
const guarded = {
	params: z.object({ parameters: raw, confirm }),
	request: ({ parameters }: { parameters: Record<string, unknown> }) => parameters,
	...unverified,
	destructive: true,
} as const;

/** `migrate` is left out: it moves everybody's contacts (contacts.md 2.2). */
export const settings = resource('Administration', {
	get: operation({
		title: 'Get the settings of administrators',
		summary: 'Gives the account system and the state of migration; for administrators only.',
		call: admin('get'),
		params: z.object({}),
		result: z.looseObject({
			bound_domain_name: z.string().optional(),
			bound_domain_type: z.string().optional(),
			dsm_domain_name: z.string().optional(),
			dsm_domain_type: z.string().optional(),
			is_migrating: z.boolean().optional(),
			migration: passed.optional(),
		}),
		readOnly: true,
		basis: 'capture',
	}),
	update: operation({
		title: 'Change the account system',
		summary:
			'Switches between local, domain and LDAP users, which hides the address books of the others; for administrators only, with parameters as you give them.',
		call: admin('set'),
		...guarded,
	}),
	updateSharing: operation({
		title: 'Change the rule of sharing',
		summary:
			'Allows or forbids the sharing of address books; for administrators only, with parameters as you give them.',
		call: admin('set_sharing'),
		...guarded,
	}),
});
