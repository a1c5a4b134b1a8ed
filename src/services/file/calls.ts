/** Calls of File Station, with the version that each is written against (filestation.md 4). */
const call = <A extends string, M extends string>(api: A, method: M, version = 2) =>
	({ api: `SYNO.FileStation.${api}`, method, version }) as const;

export const listShares = call('List', 'list_share');
export const listFolder = call('List', 'list');
export const getInfo = call('List', 'getinfo');
export const uploadCall = call('Upload', 'upload');
export const downloadCall = call('Download', 'download');
export const createFolder = call('CreateFolder', 'create');
export const renameCall = call('Rename', 'rename');
export const checkPermission = call('CheckPermission', 'write', 3);
export const thumbCall = call('Thumb', 'get');
export const listTasks = call('BackgroundTask', 'list', 3);
export const clearTasks = call('BackgroundTask', 'clear_finished', 3);

/** The calls of one kind of background task. */
const background = (api: string, version = 2) => ({
	start: call(api, 'start', version),
	status: call(api, 'status', version),
	stop: call(api, 'stop', version),
});
export type Background = ReturnType<typeof background>;

export const copyMove = background('CopyMove', 3);
export const removal = background('Delete');
export const compressing = background('Compress', 3);
export const extracting = background('Extract');
export const dirSize = background('DirSize');
export const md5 = background('MD5');

export const listArchive = call('Extract', 'list');
export const searching = {
	start: call('Search', 'start'),
	list: call('Search', 'list'),
	stop: call('Search', 'stop'),
	clean: call('Search', 'clean'),
};
export const sharing = (method: string) => call('Sharing', method, 3);
export const favorite = (method: string) => call('Favorite', method);
