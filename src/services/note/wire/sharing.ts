import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';

const known = { basis: 'capture', source: 'notestation.md 9.2' } as const;

/** Switches sharing on, which must come first. When it is on already, this may fail although what follows works. */
export const setPermission = repeatable(call('SYNO.NoteStation.Permission', 'set', 1, known), { done: [114] });

/** Public shares can be viewed only. */
export const setPublic = repeatable(call('SYNO.NoteStation.Permission.Public', 'set', 1, known));
export const deletePublic = repeatable(call('SYNO.NoteStation.Permission.Public', 'delete', 1, known));

export const setUser = repeatable(call('SYNO.NoteStation.Permission.User', 'set', 1, known));
export const deleteUser = repeatable(call('SYNO.NoteStation.Permission.User', 'delete', 1, known));

export const setGroup = repeatable(call('SYNO.NoteStation.Permission.Group', 'set', 1, known));
export const deleteGroup = repeatable(
	call('SYNO.NoteStation.Permission.Group', 'delete', 1, { ...known, basis: 'inferred' }),
);

export const getLink = call('SYNO.NoteStation.Shard.Link', 'get', 1, {
	answer: row({ url: field.text(), mode: field.text().optional() }),
	readOnly: true,
	...known,
});

/** With whom one can share. */
export const candidate = row({ name: field.id(), type: field.text().optional() });

export const listCandidates = call('SYNO.NoteStation.Share.Priv', 'list', 2, {
	...{ list: 'list', of: candidate, page: 200, emptyIsAbsent: 'total', readOnly: true, ...known },
});
