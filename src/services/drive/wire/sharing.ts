import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';

const sharingApi = 'SYNO.SynologyDrive.Sharing';

export const listPermissions = call(sharingApi, 'list', 2, {
	list: 'items',
	of: row({
		name: field.text(),
		type: field.text(),
		role: field.text().optional(),
		inherited: field.flag().optional(),
		permission_id: field.id().optional(),
	}),
	basis: 'guide',
	source: 'drive.md 7.1',
	readOnly: true,
});
/** Whoever gets a share is told of it: not to be made twice. */
export const updatePermissions = call(sharingApi, 'update', 2, { basis: 'guide', source: 'drive.md 7.1' });
export const internalLink = row({ url: field.text(), link_id: field.id().optional() });
/** Gives the link that there is, if there is one. */
export const createInternalLink = repeatable(
	call(sharingApi, 'create_link', 2, {
		answer: internalLink,
		basis: 'guide',
		source: 'drive.md 7.1',
	}),
);

const linkApi = 'SYNO.SynologyDrive.AdvanceSharing';

const shownLink = row(
	{
		url: field.text(),
		sharing_link: field.text(),
		role: field.text().optional(),
		due_date: field.secondsOrNever().optional(),
		protect_password: field.secret().optional(),
		uid: field.id().optional(),
	},
	{ lift: ['capabilities'] },
);

/** `permanent_id` is a bare 64-bit number, which JSON here rounds: never shown (drive.md 7.2). */
export const link = z.preprocess((value) => {
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'permanent_id'));
}, shownLink);
export type Link = z.output<typeof link>;

const linked = { answer: link, basis: 'clients', source: 'drive.md 7.2' } as const;
export const getLink = call(linkApi, 'get', 1, { ...linked, readOnly: true });
export const createLink = call(linkApi, 'create', 1, linked);
export const updateLink = repeatable(call(linkApi, 'update', 1, linked));
export const deleteLink = repeatable(call(linkApi, 'delete', 1, { basis: 'clients', source: 'drive.md 7.2' }), {
	done: [1036],
});
/** The token that it answers opens the link and is not handed on. */
export const checkLinkPassword = call('SYNO.SynologyDrive.AdvanceSharing.Public', 'auth', 1, {
	basis: 'clients',
	source: 'drive.md 7.2',
	readOnly: true,
});

const requestApi = 'SYNO.SynologyDrive.FileRequest';

/** Drive 4.0. `get` and `list` were probed on a device; the rest is read from the addresses of the REST prefix (drive.md 7.3). */
export const fileRequest = row(
	{
		sharing_link: field.text(),
		file_request_id: field.id().optional(),
		title: field.text().optional(),
		description: field.text().optional(),
		url: field.text().optional(),
		display_path: field.text().optional(),
		file_request_status: field.text().optional(),
		identifier: field.text().optional(),
		due_date: field.secondsOrNever().optional(),
		created_time: field.seconds().optional(),
		is_expired: field.flag().optional(),
		protect_password: field.secret().optional(),
		uid: field.id().optional(),
	},
	{
		simple: ['sharing_link', 'title', 'url', 'display_path', 'file_request_status', 'due_date', 'is_expired'],
	},
);

const requested = { answer: fileRequest, basis: 'inferred', source: 'drive.md 7.3' } as const;
export const listFileRequests = call(requestApi, 'list', 1, {
	list: 'items',
	of: fileRequest,
	basis: 'inferred',
	source: 'drive.md 7.3',
	readOnly: true,
});
export const getFileRequest = call(requestApi, 'get', 1, { ...requested, readOnly: true });
export const createFileRequest = call(requestApi, 'create', 1, requested);
export const updateFileRequest = repeatable(call(requestApi, 'update', 1, requested));
export const deleteFileRequest = repeatable(
	call(requestApi, 'delete', 1, { basis: 'inferred', source: 'drive.md 7.3' }),
	{ done: [1036] },
);
