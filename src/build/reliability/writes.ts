import { buffer } from 'node:stream/consumers';
import { findOperation } from '../../services';
import type { FileAnswer } from '../../core/call';
import type { Dsm } from '../../core/dsm';
import type { Work } from './works';

type Rows = Record<string, unknown>[];

interface Write {
	title: string;
	/** Operation. */
	id: string;
	params: Record<string, unknown>;
	/** What it does and how it is found out what became of it. */
	what: string;
	hits: RegExp;
	/** Where it shows: a list, and how the row looks that it makes. */
	list: string;
	of?: Record<string, unknown>;
	made: (row: Record<string, unknown>) => boolean;
}

const rowsOf = async (dsm: Dsm, id: string, params: object): Promise<Rows> =>
	(await dsm.do(findOperation(id), params)) as Rows;

/** A write whose making shows in a list. */
const write = ({ title, id, params, what, hits, list, of = {}, made }: Write): Work => ({
	title,
	what: `${what} (\`${id}\`)`,
	hits,
	done: async ({ honest }) => (await rowsOf(honest, list, of)).filter(made).length,
	begin: async ({ dsm }) =>
		await Promise.resolve(async () => {
			await dsm.do(findOperation(id), params);
			return true;
		}),
});

const NAME = 'reliable';

/** One or two writes of each service: made things that are looked up, changes that are made again. */
export const WRITES: readonly Work[] = [
	write({
		title: 'Drive folder',
		id: 'drive.folder.create',
		params: { folder: '/mydrive', name: NAME },
		what: 'creates a folder in Drive, which is looked up afterwards',
		hits: /SYNO\.SynologyDrive\.Files\b.*method=create/,
		list: 'drive.file.list',
		of: { folder: '/mydrive' },
		made: ({ name }) => String(name).startsWith(NAME),
	}),
	write({
		title: 'Notebook',
		id: 'note.notebook.create',
		params: { title: NAME },
		what: 'creates a notebook, which is looked up afterwards',
		hits: /SYNO\.NoteStation\.Notebook\b.*method=create/,
		list: 'note.notebook.list',
		made: ({ title }) => title === NAME,
	}),
	write({
		title: 'Calendar',
		id: 'calendar.calendar.create',
		params: { cal_displayname: NAME },
		what: 'creates a calendar, which is looked up afterwards',
		hits: /SYNO\.Cal\.Cal\b.*method=create/,
		list: 'calendar.calendar.list',
		made: ({ cal_displayname }) => cal_displayname === NAME,
	}),
	write({
		title: 'Playlist',
		id: 'audio.playlist.create',
		params: { name: NAME },
		what: 'creates a playlist, which is looked up afterwards',
		hits: /SYNO\.AudioStation\.Playlist\b.*method=create/,
		list: 'audio.playlist.list',
		made: ({ name }) => name === NAME,
	}),
	write({
		title: 'Feed',
		id: 'download.feed.add',
		params: { url: 'http://feed.example/reliable' },
		what: 'adds a feed to Download Station, which is looked up afterwards',
		hits: /SYNO\.DownloadStation2\.RSS\.Feed\b.*method=add/,
		list: 'download.feed.list',
		made: ({ url }) => url === 'http://feed.example/reliable',
	}),
	write({
		title: 'Group',
		id: 'identity.group.create',
		params: { name: NAME },
		what: 'creates a group of users, which is looked up afterwards',
		hits: /SYNO\.Core\.Group\b.*method=create/,
		list: 'identity.group.list',
		made: ({ name }) => name === NAME,
	}),
	write({
		title: 'Shared folder',
		id: 'system.share.create',
		params: { share_name: NAME, vol_path: '/volume1' },
		what: 'creates a shared folder, which is looked up afterwards',
		hits: /SYNO\.Core\.Share\b.*method=create/,
		list: 'system.share.list',
		made: ({ name }) => name === NAME,
	}),
	{
		title: 'Setting',
		what: 'switches the log of transfers on (`webdav.transferLog.enable`), which is made again where its answer is lost',
		hits: /SYNO\.Core\.SyslogClient\.FileTransfer\b.*method=set/,
		done: async ({ honest }) => {
			const state = (await honest.do(findOperation('webdav.transferLog.get'), {})) as { webdav?: boolean };
			return state.webdav === true ? 1 : 0;
		},
		begin: async ({ dsm, honest }) => {
			await honest.do(findOperation('webdav.transferLog.disable'), {});
			return async () => {
				await dsm.do(findOperation('webdav.transferLog.enable'), {});
				return true;
			};
		},
	},
	{
		title: 'Deletion',
		what: 'deletes a sharing link (`file.link.delete`); a repeat that finds none counts as done',
		hits: /SYNO\.FileStation\.Sharing\b.*method=delete/,
		// What is left tells: the one that was made first is gone.
		done: async ({ honest }) => ((await rowsOf(honest, 'file.link.list', {})).some(isOurs) ? 0 : 1),
		begin: async ({ dsm, honest }) => {
			const [made] = await rowsOf(honest, 'file.link.create', { paths: ['/docs'] });
			return async () => {
				await dsm.do(findOperation('file.link.delete'), { link_id: String(made?.id) });
				return true;
			};
		},
	},
	{
		title: 'Export',
		what: 'downloads a calendar (`calendar.calendar.export`), whose end line tells that it is whole',
		hits: /SYNO\.Cal\.Cal\b.*method=export/,
		begin: async ({ dsm, honest }) => {
			const [first] = await rowsOf(honest, 'calendar.calendar.list', {});
			return async () => {
				const params = { cal_id: String(first?.cal_id) };
				const file = (await dsm.do(findOperation('calendar.calendar.export'), params)) as FileAnswer;
				return (await buffer(file.stream)).toString('utf8').trimEnd().endsWith('END:VCALENDAR');
			};
		},
	},
];

const isOurs = ({ path }: Record<string, unknown>): boolean => path === '/docs';
