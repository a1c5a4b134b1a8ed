import type { Dsm } from '../../../core/dsm';
import { listTrigger } from '../../../catalog/listTrigger';
import { timeOf } from '../../../catalog/row';
import { digest } from '../../../catalog/sources';
import { z } from '../../../vendor/zod';
import { listNotebooks, notebook, type Notebook } from '../wire/notebooks';

const onNotebooks = {
	params: z.object({}),
	event: notebook.with({ event_id: z.string() }).as({
		simple: ['object_id', 'title', 'stack', 'preset', 'archive', 'perm', 'owner_name', 'ctime', 'ver', 'event_id'],
	}),
	call: listNotebooks,
	look: async (_: unknown, dsm: Dsm): Promise<Notebook[]> =>
		(await dsm.list(listNotebooks)).sort((a, b) => (timeOf(a.ctime) || 0) - (timeOf(b.ctime) || 0)),
	id: ({ object_id }: Notebook) => object_id,
};

export const notebookCreated = listTrigger({
	...onNotebooks,
	title: 'Notebook created',
	summary: 'Starts when a notebook was created, imported or shared with the account.',
	on: 'created',
});

export const notebookUpdated = listTrigger({
	...onNotebooks,
	title: 'Notebook updated',
	summary: 'Starts when a notebook got another title or shelf.',
	fingerprints: ({ title, stack }) => [digest(title), digest(stack ?? '')],
	on: 'changed',
});
