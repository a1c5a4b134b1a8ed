import type { Route } from '../../core/rest';

/** The published paths of version 1 (drive.md 1.2). */
export const ROUTES: readonly Route[] = [
	['POST', '/files/convert-office', 'SYNO.SynologyDrive.Files', 'convert_office', 10],
	['POST', '/files/copy', 'SYNO.SynologyDrive.Files', 'copy', 10],
	['POST', '/files', 'SYNO.SynologyDrive.Files', 'create', 10],
	['GET', '/files', 'SYNO.SynologyDrive.Files', 'get', 10],
	['PUT', '/files', 'SYNO.SynologyDrive.Files', 'update', 10],
	['POST', '/files/delete', 'SYNO.SynologyDrive.Files', 'delete', 10],
	['POST', '/files/download', 'SYNO.SynologyDrive.Files', 'download', 10],
	['POST', '/files/list', 'SYNO.SynologyDrive.Files', 'list', 10],
	['POST', '/files/label', 'SYNO.SynologyDrive.Files', 'label', 10],
	['GET', '/files/starred', 'SYNO.SynologyDrive.Files', 'list_starred', 10],
	['GET', '/files/recent', 'SYNO.SynologyDrive.Files', 'recent', 10],
	['GET', '/files/shared-with-me', 'SYNO.SynologyDrive.Files', 'shared_with_me', 10],
	['GET', '/files/labelled/{label_id}', 'SYNO.SynologyDrive.Files', 'list_labelled', 10],
	['GET', '/files/ancestors', 'SYNO.SynologyDrive.Files', 'list_ancestor', 10],
	['GET', '/files/shared-with-others', 'SYNO.SynologyDrive.Files', 'shared_with_others', 10],
	['POST', '/files/move', 'SYNO.SynologyDrive.Files', 'move', 10],
	['POST', '/files/request-access', 'SYNO.SynologyDrive.Files', 'request_access', 10],
	['POST', '/files/search', 'SYNO.SynologyDrive.Files', 'search', 10],
	['POST', '/files/star', 'SYNO.SynologyDrive.Files', 'star', 10],
	['GET', '/files/thumbnail', 'SYNO.SynologyDrive.Files', 'get_thumbnail', 10],
	['PUT', '/files/upload', 'SYNO.SynologyDrive.Files', 'upload', 10],
	['PUT', '/files/upload-from-dsm', 'SYNO.SynologyDrive.Files', 'upload_from_dsm', 10],
	['POST', '/sharing/create-link', 'SYNO.SynologyDrive.Sharing', 'create_link', 2],
	['GET', '/sharing', 'SYNO.SynologyDrive.Sharing', 'list', 2],
	['PUT', '/sharing/permissions', 'SYNO.SynologyDrive.Sharing', 'update', 2],
	['GET', '/team-folder', 'SYNO.SynologyDrive.TeamFolders', 'list', 1],
	['GET', '/team-folder/members', 'SYNO.SynologyDrive.TeamFolders', 'list_members', 1],
	['GET', '/labels', 'SYNO.SynologyDrive.Labels', 'list', 2],
	['POST', '/labels', 'SYNO.SynologyDrive.Labels', 'create', 2],
	['PUT', '/labels/{label_id}', 'SYNO.SynologyDrive.Labels', 'update', 2],
	['DELETE', '/labels/{label_id}', 'SYNO.SynologyDrive.Labels', 'delete', 2],
	['GET', '/admin/active-team-folder', 'SYNO.SynologyDrive.Share', 'list_active', 2],
	['POST', '/admin/team-folder', 'SYNO.SynologyDrive.Share', 'set', 2],
	['GET', '/admin/available-team-folder', 'SYNO.SynologyDrive.Share', 'list', 2],
	['GET', '/admin/client', 'SYNO.SynologyDrive.Connection', 'list', 2],
	['POST', '/admin/client', 'SYNO.SynologyDrive.Connection', 'delete', 2],
	['POST', '/webhooks', 'SYNO.SynologyDrive.Webhooks', 'create', 2],
	['GET', '/webhooks/{webhook_id}/{app_id}', 'SYNO.SynologyDrive.Webhooks', 'get', 2],
	['PUT', '/webhooks/{webhook_id}/{app_id}', 'SYNO.SynologyDrive.Webhooks', 'update', 2],
	['DELETE', '/webhooks/{webhook_id}/{app_id}', 'SYNO.SynologyDrive.Webhooks', 'delete', 2],
	['GET', '/webhooks/{app_id}', 'SYNO.SynologyDrive.Webhooks', 'list', 2],
];

/** What version 2 adds on Drive 4.0; that it stands for these calls is inferred (drive.md 1.2, 7.3). */
export const MORE_ROUTES: readonly Route[] = [
	['GET', '/file-request', 'SYNO.SynologyDrive.FileRequest', 'list', 1],
	['POST', '/file-request', 'SYNO.SynologyDrive.FileRequest', 'create', 1],
	['GET', '/file-request/{sharing_link}', 'SYNO.SynologyDrive.FileRequest', 'get', 1],
	['PUT', '/file-request/{sharing_link}', 'SYNO.SynologyDrive.FileRequest', 'update', 1],
	['DELETE', '/file-request/{sharing_link}', 'SYNO.SynologyDrive.FileRequest', 'delete', 1],
];

/** Query parameters that are no texts. */
export const NUMBERS = ['offset', 'limit'];
export const FLAGS = ['mute', 'encrypted', 'removed', 'animate'];
