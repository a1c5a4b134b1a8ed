import { buffer } from 'node:stream/consumers';
import { findDeclaration, findOperation } from '../../services';
import { listFolder } from '../../services/file/wire/files';
import type { AnyTrigger } from '../../catalog/operation';
import type { FileAnswer } from '../../core/call';
import type { Dsm } from '../../core/dsm';
import { fileFromBytes } from '../../core/multipart';
import { Poller, type Place } from '../../host/poll';
import type { Nas } from '../../simulator';
import { filesOf } from '../../simulator/services/file';
import { WRITES } from './writes';

/** What the work has at hand. */
export interface Stage {
	nas: Nas;
	/** Through all that goes wrong. */
	dsm: Dsm;
	/** To see what is really so. */
	honest: Dsm;
}

/** What is tried: `run` is it; the rest says what became of it. */
export interface Work {
	title: string;
	/** What is done, for the legend. */
	what: string;
	/** For a write: how often it has been done on the NAS. */
	done?: (stage: Stage) => Promise<number>;
	/** The request that matters, by its method, address and form; absent: any. */
	hits?: RegExp;
	/** It is a poll, and may be made up for by the next. */
	polls?: true;
	/** Begins; gives the work itself, which says whether its result is the right one. */
	begin: (stage: Stage) => Promise<Attempt>;
}

/** One run. True: the right result. For a trigger: how many events it told. */
export type Attempt = () => Promise<boolean | number>;

const FOLDER = '/docs/in';
const COUNT = 8;
const CONTENT = Buffer.alloc(100_000, 'content of the file, ');

type Rows = Record<string, unknown>[];
const rowsOf = async (dsm: Dsm, id: string, params: object): Promise<Rows> =>
	(await dsm.do(findOperation(id), params)) as Rows;

const byNumber = (stage: Stage): void => {
	for (let n = 0; n < COUNT; n++) filesOf(stage.nas).write(`${FOLDER}/${n}.txt`, { content: CONTENT.toString() });
};

async function pollerOf({ dsm }: Stage): Promise<Poller> {
	const trigger = findDeclaration('file.fileCreated') as AnyTrigger;
	const params = trigger.params.parse({ folder: FOLDER, settle: 0 }) as object;
	let place: Place | undefined;
	const store = {
		load: async () => await Promise.resolve(place),
		save: async (next: Place | undefined) => await Promise.resolve(void (place = next)),
	};
	const poller = new Poller({ trigger, params, dsm, of: 'reliability', store, log: () => undefined });
	await poller.start();
	return poller;
}

export const WORKS: readonly Work[] = [
	{
		title: 'Read',
		what: 'lists a folder (`file.folder.list`)',
		begin: async (stage) => {
			byNumber(stage);
			return await Promise.resolve(
				async () => (await rowsOf(stage.dsm, 'file.folder.list', { folder: FOLDER })).length === COUNT,
			);
		},
	},
	{
		title: 'Write',
		hits: /SYNO\.Chat\.Post\b.*method=create/,
		what: 'sends a message (`chat.message.send`), which cannot be looked up afterwards',
		done: async ({ honest }) => {
			const posts = await rowsOf(honest, 'chat.message.list', { channel_id: 1 });
			return posts.filter(({ message }) => message === 'reliable').length;
		},
		begin: async ({ dsm }) =>
			await Promise.resolve(async () => {
				const sent = await dsm.do(findOperation('chat.message.send'), { channel_id: 1, message: 'reliable' });
				return sent !== undefined;
			}),
	},
	{
		title: 'Upload',
		hits: /SYNO\.FileStation\.Upload/,
		what: 'uploads a file (`file.file.upload`), which is looked up afterwards',
		done: async ({ honest }) => {
			const files = await rowsOf(honest, 'file.folder.list', { folder: FOLDER });
			return files.filter(({ name, size }) => name === 'up.bin' && size === CONTENT.length).length;
		},
		begin: async (stage) => {
			byNumber(stage);
			const file = fileFromBytes('up.bin', CONTENT);
			return await Promise.resolve(async () => {
				await stage.dsm.do(findOperation('file.file.upload'), { folder: FOLDER, file });
				return true;
			});
		},
	},
	{
		title: 'Download',
		hits: /SYNO\.FileStation\.Download/,
		what: 'downloads a file to its end (`file.file.download`)',
		begin: async (stage) => {
			byNumber(stage);
			return await Promise.resolve(async () => {
				const file = (await stage.dsm.do(findOperation('file.file.download'), {
					path: `${FOLDER}/1.txt`,
				})) as FileAnswer;
				return CONTENT.equals(await buffer(file.stream));
			});
		},
	},
	{
		title: 'Batch',
		what: 'two reads in one request',
		begin: async (stage) => {
			byNumber(stage);
			const entry = { call: listFolder, params: { folder_path: FOLDER } };
			return await Promise.resolve(async () => {
				const answers = await stage.dsm.batch([entry, entry], { readOnly: true });
				for (const answer of answers) if ('error' in answer) throw answer.error;
				return answers.every((answer) => 'data' in answer && answer.data.rows.length === COUNT);
			});
		},
	},
	{
		title: 'Poll',
		polls: true,
		what: 'a trigger (`file.fileCreated`) looks after one file was created',
		begin: async (stage) => {
			byNumber(stage);
			const poller = await pollerOf(stage);
			filesOf(stage.nas).write(`${FOLDER}/new.txt`, { content: 'new' });
			return async () => (await poller.poll(() => undefined, { left: () => true })).told;
		},
	},
	{
		title: 'DAV read',
		what: 'lists contacts over CardDAV (`contacts.contact.list`)',
		begin: async ({ dsm, honest }) => {
			const all = (await rowsOf(honest, 'contacts.contact.list', {})).length;
			return async () => (await rowsOf(dsm, 'contacts.contact.list', {})).length === all;
		},
	},
	{
		title: 'DAV write',
		hits: /^PUT /,
		what: 'creates a contact over CardDAV (`contacts.contact.create`), which is looked up afterwards',
		done: async ({ honest }) => {
			const contacts = await rowsOf(honest, 'contacts.contact.list', {});
			return contacts.filter(({ full_name }) => full_name === 'Reliable Example').length;
		},
		begin: async ({ dsm }) =>
			await Promise.resolve(async () => {
				await dsm.do(findOperation('contacts.contact.create'), { full_name: 'Reliable Example' });
				return true;
			}),
	},
	...WRITES,
	{
		title: 'Sign-in',
		hits: /api=SYNO\.API\.Auth\b.*method=login/,
		what: 'signs in again, as the NAS has forgotten its sessions, and lists a folder',
		begin: async (stage) => {
			byNumber(stage);
			stage.nas.sessions.clear();
			return await Promise.resolve(
				async () => (await rowsOf(stage.dsm, 'file.folder.list', { folder: FOLDER })).length === COUNT,
			);
		},
	},
];
