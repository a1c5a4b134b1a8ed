import type { AnyOperation } from '../../../catalog/operation';
import { idOf } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';

type Row = Record<string, unknown>;

/** Where a value of a parameter is found that exists on a NAS: in the rows of a list. */
export interface Source {
	/** Id of the list. */
	from: string;
	/** Field of its rows. */
	value: string;
	where?: (row: Row) => boolean;
}

/** A text to look for that most NAS have something for. */
const KEYWORD = 'a';

const isFolder = (row: Row): boolean => row['is_dir'] === true || row['is_folder'] === true;
const isFile = (row: Row): boolean => row['is_dir'] === false || row['is_folder'] === false || row['type'] === 'file';
const files = { from: 'file.folder.list', value: 'path', where: isFile };
const posts = { from: 'chat.message.list', value: 'post_id' };
const songs = { from: 'audio.song.list', value: 'id' };
const accounts = { from: 'identity.user.list', value: 'name' };
const isDocument = (row: Row): boolean => /\.(odoc|osheet|oslides)$/.test(String(row['display_path']));
const hasLink = (row: Row): boolean => row['adv_shared'] === true;
const isPicture = (row: Row): boolean => /\.(jpe?g|png|gif|webp|bmp|heic)$/i.test(String(row['display_path']));
const ofType =
	(...types: string[]) =>
	(row: Row): boolean =>
		types.includes(String(row['type']));

const torrents = { from: 'download.task.list', value: 'id', where: ofType('bt') };

/** By operation and parameter, else by service and parameter. What pickers choose from needs no line. */
const SOURCES: Readonly<Record<string, Source | readonly Source[] | { is: string }>> = {
	'api.nas.listSignInMethods.account': { from: 'api.nas.checkConnection', value: 'account' },
	'chat.post_id': posts,
	'chat.file.download.post_id': { ...posts, where: ofType('file') },
	'chat.file.downloadThumbnail.post_id': { ...posts, where: ofType('file') },
	'chat.poll.listChoices.post_id': { ...posts, where: ofType('vote', 'poll') },
	'chat.channel.find.name': { from: 'chat.channel.list', value: 'name' },
	'chat.user.find.name': { from: 'chat.user.list', value: 'username' },
	'drive.version.download.version_id': { from: 'drive.version.list', value: 'sync_id' },
	'drive.file.exportOffice.path': { from: 'drive.file.search', value: 'file_id', where: isDocument },
	'drive.file.downloadThumbnail.path': { from: 'drive.file.search', value: 'file_id', where: isPicture },
	'download.task.downloadTorrent.task_id': torrents,
	'download.task.getTorrentLimits.task_id': torrents,
	'drive.link.get.path': { from: 'drive.file.search', value: 'file_id', where: hasLink },
	'drive.task_id': { from: 'drive.task.list', value: 'task_id' },
	'drive.webhook_id': { from: 'drive.webhook.list', value: 'webhook_id' },
	'file.file.checkWrite.filename': { is: 'synology-check.txt' },
	'file.folder.list.folder': [
		{ from: 'file.share.list', value: 'path' },
		{ from: 'file.folder.list', value: 'path', where: isFolder },
	],
	'file.path': files,
	'file.paths': files,
	'file.archive.listItems.path': { ...files, where: (row) => /\.zip$/i.test(String(row['path'])) },
	'note.note.find.title': { from: 'note.note.list', value: 'title' },
	'note.file_id': { from: 'note.attachment.list', value: 'file_id' },
	'note.version.get.ver': { from: 'note.version.list', value: 'version' },
	'calendar.ical_uid': { from: 'calendar.event.list', value: 'ical_uid' },
	'contacts.source_id': { from: 'contacts.source.list', value: 'id' },
	'audio.song_id': songs,
	'audio.paths': { from: 'audio.song.list', value: 'path' },
	'audio.album': { from: 'audio.album.list', value: 'name' },
	'audio.player.find.name': { from: 'audio.player.list', value: 'name' },
	'audio.playlist.find.name': { from: 'audio.playlist.list', value: 'name' },
	'identity.entity_name': accounts,
	'webdav.entity_name': accounts,
	'webdav.name': accounts,
	'webdav.file.list.folder': { from: 'webdav.file.list', value: 'path', where: isFolder },
	'webdav.path': { from: 'webdav.file.list', value: 'path', where: isFile },
};

/**
 * Parameters that may be left out, but are better given where something is found for them. Over plain HTTP nobody's password is sent who
 * has not asked for it.
 */
const WANTED: Readonly<Record<string, Source | { is: unknown }>> = {
	'audio.album.downloadCover.default_cover': { is: true },
	'webdav.port': {
		from: 'webdav.settings.get',
		value: 'https_port',
		where: ({ enable_https }) => enable_https === true,
	},
};
const wanted = (operation: AnyOperation, name: string): Source | { is: unknown } | undefined =>
	WANTED[`${idOf(operation)}.${name}`] ?? WANTED[`${idOf(operation).split('.')[0]}.${name}`];

/** Names of the parameters that may be left out, but are given where something is there for them. */
export const wantedOf = (operation: AnyOperation): string[] =>
	Object.keys((operation.params as z.ZodObject).shape).filter((name) => wanted(operation, name) !== undefined);

/** Operations that only read, but would keep a NAS busy, ask other computers, or wait for something. */
const HEAVY = new Set([
	'audio.library.waitIndexing',
	'audio.library.findMediaServers',
	'audio.lyric.search',
	'audio.song.downloadCompressed',
	'audio.song.downloadUncompressed',
	'calendar.calendar.export',
	'contacts.addressBook.export',
	'download.search.search',
	'download.task.wait',
	'drive.file.downloadZip',
	'drive.log.export',
	'file.file.downloadZip',
	'file.file.getChecksum',
	'file.folder.getSize',
	'file.folder.search',
	'system.log.export',
	'system.nas.checkUpdate',
]);

/** Its parameters have no form that is known: which unit of a directory is meant is not in any list. */
const UNTOLD = 'contacts.directory.listUnits';

/** Why an operation is not for a check; undefined: it is. */
export function notForCheck(operation: AnyOperation): string | undefined {
	if (operation.token) return 'needs the connection of a bot';
	// Parameters of which no source tells the names.
	const untold = idOf(operation) === UNTOLD ? 'parameters' : 'params';
	if (untold in (operation.params as z.ZodObject).shape) return wants(operation, untold);
	return HEAVY.has(idOf(operation)) ? 'left out: it would keep the NAS busy' : undefined;
}

/** Names of the parameters that have to be given. */
export function requiredOf(operation: AnyOperation): string[] {
	const known = required.get(operation);
	if (known) return known;
	const params = operation.params as z.ZodObject;
	const { required: own = [] } = z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' });
	const found = [...own, ...(NEEDED[idOf(operation)] ?? [])];
	required.set(operation, found);
	return found;
}
/** Parameters that may be empty, but not with the values that others have by default. */
const NEEDED: Readonly<Record<string, readonly string[]>> = { 'identity.privilege.listRules': ['entity_name'] };
const required = new WeakMap<AnyOperation, string[]>();

const schemaOf = ({ params }: AnyOperation, name: string): z.ZodType =>
	(params as z.ZodObject).shape[name] as z.ZodType;

/** What a parameter is called in forms. */
export const titleOf = (operation: AnyOperation, name: string): string =>
	schemaOf(operation, name).meta()?.title ?? name;

export const wants = (operation: AnyOperation, name: string): string =>
	`needs a value of yours for "${titleOf(operation, name)}"`;

/** Where a value of a required parameter comes from: lists, or a value that every NAS takes; undefined: a person has to bring it. */
export function sourceOf(operation: AnyOperation, name: string): readonly Source[] | { is: unknown } | undefined {
	const id = idOf(operation);
	const better = wanted(operation, name);
	if (better) return 'is' in better ? better : [better];
	const [service = ''] = id.split('.');
	const { choices, widget } = schemaOf(operation, name).meta() ?? {};
	if (widget === 'secret') return undefined;
	const picked = choices && choices.from !== id ? { from: choices.from, value: choices.value } : undefined;
	const known = SOURCES[`${service}.${name}`];
	// A list of places to browse has folders where a file may be wanted.
	const found = SOURCES[`${id}.${name}`] ?? (choices?.inside ? (known ?? picked) : (picked ?? known));
	if (found === undefined) return name === 'keyword' ? { is: KEYWORD } : undefined;
	return 'is' in found ? found : [found].flat();
}

/** Lists that an operation takes its values from. */
export const sourcesOf = (operation: AnyOperation): readonly Source[] =>
	[...requiredOf(operation), ...wantedOf(operation)].flatMap((name) => {
		const found = sourceOf(operation, name);
		return found === undefined || 'is' in found ? [] : found;
	});

/** Values of a row that a source gives; undefined: none. */
export function valueIn(row: Row, { value, where = () => true }: Source): unknown {
	const found = row[value];
	return found === null || found === '' || !where(row) ? undefined : found;
}

/** A value as its parameter takes it: several where it takes a list. */
export const fitting = (operation: AnyOperation, name: string, value: unknown): unknown =>
	schemaOf(operation, name).safeParse(value).success ? value : [value];
