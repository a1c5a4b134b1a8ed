import { id } from '../../../catalog/fields';
import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { raw } from '../fields';
import {
	createDavSource,
	createSource,
	getSource,
	listSources,
	refreshSource,
	setDavSource,
	setSource,
} from '../wire/web';

const source_id = id().meta({ title: 'Source ID', description: 'ID of the external source, as the list gives it' });
type Given = { source_id: number; parameters: Record<string, unknown> };

const bySource = {
	params: z.object({ source_id, parameters: raw }),
	request: ({ source_id: of, parameters }: Given) => ({ id: of, ...parameters }),
};
const asGiven = {
	params: z.object({ parameters: raw }),
	request: ({ parameters }: Pick<Given, 'parameters'>) => parameters,
};

/** Parameters of everything but the list are not public (contacts.md 6): they go as they are. */
const list = operation({
	title: 'List external sources',
	summary: 'Lists the accounts elsewhere whose contacts are shown.',
	call: listSources,
	params: z.object({}),
});

const get = operation({
	title: 'Get an external source',
	summary: 'Gives one external source as the web API has it.',
	call: getSource,
	...bySource,
});

const startSync = operation({
	title: 'Start the sync of an external source',
	summary: 'Lets the NAS fetch the contacts of an external source anew.',
	call: refreshSource,
	...bySource,
});

const create = operation({
	title: 'Create an external source',
	summary: 'Adds a source of the cloud or LDAP kind, with parameters as you give them.',
	call: createSource,
	...asGiven,
});

const update = operation({
	title: 'Update an external source',
	summary: 'Changes a source of the cloud or LDAP kind, with parameters as you give them.',
	call: setSource,
	...bySource,
});

const createCardDav = operation({
	title: 'Create a DAV source',
	summary: 'Adds a CardDAV account elsewhere, with parameters as you give them.',
	call: createDavSource,
	...asGiven,
});

const updateCardDav = operation({
	title: 'Update a DAV source',
	summary: 'Changes a CardDAV account elsewhere, with parameters as you give them.',
	call: setDavSource,
	...bySource,
});

export const sources = resource('External Source', {
	list,
	get,
	startSync,
	create,
	update,
	createCardDav,
	updateCardDav,
});
