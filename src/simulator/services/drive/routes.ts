/** A path below the REST prefix and the call that it stands for. */
export type Route = readonly [verb: string, path: string, api: string, method: string, version: number];

/** The published paths of version 1 (drive.md 1.2). */
export const ROUTES: readonly Route[] = [
	['POST', '/files/convert-office', 'Files', 'convert_office', 10],
	['POST', '/files/copy', 'Files', 'copy', 10],
	['POST', '/files', 'Files', 'create', 10],
	['GET', '/files', 'Files', 'get', 10],
	['PUT', '/files', 'Files', 'update', 10],
	['POST', '/files/delete', 'Files', 'delete', 10],
	['POST', '/files/download', 'Files', 'download', 10],
	['POST', '/files/list', 'Files', 'list', 10],
	['POST', '/files/label', 'Files', 'label', 10],
	['GET', '/files/starred', 'Files', 'list_starred', 10],
	['GET', '/files/recent', 'Files', 'recent', 10],
	['GET', '/files/shared-with-me', 'Files', 'shared_with_me', 10],
	['GET', '/files/labelled/{label_id}', 'Files', 'list_labelled', 10],
	['GET', '/files/ancestors', 'Files', 'list_ancestor', 10],
	['GET', '/files/shared-with-others', 'Files', 'shared_with_others', 10],
	['POST', '/files/move', 'Files', 'move', 10],
	['POST', '/files/request-access', 'Files', 'request_access', 10],
	['POST', '/files/search', 'Files', 'search', 10],
	['POST', '/files/star', 'Files', 'star', 10],
	['GET', '/files/thumbnail', 'Files', 'get_thumbnail', 10],
	['PUT', '/files/upload', 'Files', 'upload', 10],
	['PUT', '/files/upload-from-dsm', 'Files', 'upload_from_dsm', 10],
	['POST', '/sharing/create-link', 'Sharing', 'create_link', 2],
	['GET', '/sharing', 'Sharing', 'list', 2],
	['PUT', '/sharing/permissions', 'Sharing', 'update', 2],
	['GET', '/team-folder', 'TeamFolders', 'list', 1],
	['GET', '/team-folder/members', 'TeamFolders', 'list_members', 1],
	['GET', '/labels', 'Labels', 'list', 2],
	['POST', '/labels', 'Labels', 'create', 2],
	['PUT', '/labels/{label_id}', 'Labels', 'update', 2],
	['DELETE', '/labels/{label_id}', 'Labels', 'delete', 2],
	['GET', '/admin/active-team-folder', 'Share', 'list_active', 2],
	['POST', '/admin/team-folder', 'Share', 'set', 2],
	['GET', '/admin/available-team-folder', 'Share', 'list', 2],
	['GET', '/admin/client', 'Connection', 'list', 2],
	['POST', '/admin/client', 'Connection', 'delete', 2],
	['POST', '/webhooks', 'Webhooks', 'create', 2],
	['GET', '/webhooks/{webhook_id}/{app_id}', 'Webhooks', 'get', 2],
	['PUT', '/webhooks/{webhook_id}/{app_id}', 'Webhooks', 'update', 2],
	['DELETE', '/webhooks/{webhook_id}/{app_id}', 'Webhooks', 'delete', 2],
	['GET', '/webhooks/{app_id}', 'Webhooks', 'list', 2],
];

/** What version 2 adds on Drive 4.0; that it stands for these calls is inferred (drive.md 1.2, 7.3). */
export const MORE_ROUTES: readonly Route[] = [
	['GET', '/file-request', 'FileRequest', 'list', 1],
	['POST', '/file-request', 'FileRequest', 'create', 1],
	['GET', '/file-request/{sharing_link}', 'FileRequest', 'get', 1],
	['PUT', '/file-request/{sharing_link}', 'FileRequest', 'update', 1],
	['DELETE', '/file-request/{sharing_link}', 'FileRequest', 'delete', 1],
];

/** Query parameters that are no texts. */
export const NUMBERS = ['offset', 'limit'];
export const FLAGS = ['mute', 'encrypted', 'removed', 'animate'];
