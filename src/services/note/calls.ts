import type { Call } from '../../core/call';

/** A method of Note Station. */
const of = <M extends string>(api: string, method: M, version = 1): Call & { method: M } => ({
	api: `SYNO.NoteStation.${api}`,
	method,
	version,
});

export const infoGet = of('Info', 'get', 3);
export const notebookList = of('Notebook', 'list', 2);
export const noteList = of('Note', 'list', 3);
export const noteGet = of('Note', 'get', 3);
export const noteSet = of('Note', 'set', 3);
export const noteCreate = of('Note', 'create', 3);
export const noteDelete = of('Note', 'delete', 3);
export const noteCopy = of('Note', 'copy', 3);
export const noteDownload = of('Note', 'download', 3);
export const tagList = of('Tag', 'list', 2);
export const todoList = of('Todo', 'list', 2);
export const todoGet = of('Todo', 'get', 2);
export const todoCreate = of('Todo', 'create', 2);
export const todoSet = of('Todo', 'set', 2);
export const encryptCreate = of('Note.Encrypt', 'create');
export const encryptDelete = of('Note.Encrypt', 'delete');

/** How this client signs its revisions: they show in the version history, and triggers can leave them out. */
export const DEVICE = 'Synoflow';
export const commit_msg = { device: DEVICE, listable: true };
