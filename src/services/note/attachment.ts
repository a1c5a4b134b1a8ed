import { quoted } from '../../core/call';
import type { Dsm } from '../../core/dsm';
import { DsmInputError } from '../../core/errors';
import { file, fileAnswer } from '../../catalog/fields';
import { procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { encryptCreate, encryptDelete, noteDownload, noteGet } from './calls';
import { note_id, password } from './fields';
import type { WireFile, WireNote } from './note-object';
import { filesOf, isEncrypted, readNote, revision } from './note-object';
import { pictureHtml } from './render';
import { briefOf } from './text';
import { change, changeCalls } from './writing';
import { withToken } from './unlock';

const file_id = z.string().min(1).meta({
	title: 'File',
	description: 'ID of the file as listing gives it, or its name',
	placeholder: 'e.g. photo.png',
});

const attachment = z.looseObject({
	file_id: z.string(),
	name: z.string().optional(),
	type: z.string().optional(),
	size: z.number().optional(),
});

export const list = procedure({
	title: 'List files of a note',
	summary: 'Lists the files and pictures of a note.',
	uses: [noteGet],
	params: z.object({ note_id }),
	result: z.array(attachment),
	readOnly: true,
	basis: 'capture',
	run: async (given, dsm) => rows(await readNote(given.note_id, dsm)),
});

const rows = (note: WireNote) => filesOf(note).map(([id, facts]) => ({ file_id: id, ...facts }));

/** The file of a note by id or name. Throws DsmInputError: the NAS would answer an empty picture (notestation.md 7.3). */
function fileIn(note: WireNote, wanted: string): [string, WireFile] {
	const found = filesOf(note).find(([id, { name }]) => id === wanted || name === wanted);
	if (found) return found;
	throw new DsmInputError(`The note "${note.title}" has no file "${wanted}".`, {
		path: ['file_id'],
		hint: 'List the files of the note to see their names and IDs.',
	});
}

/** Name of the multipart part that holds the file; `attachment[].name` must be the same (notestation.md 7.2). */
const PART = 'ext-gen1';

export const add = procedure({
	title: 'Add a file to a note',
	summary: 'Puts a file into a note; a picture can be shown at the end of the text.',
	uses: changeCalls,
	params: z.object({
		note_id,
		file: file().meta({ title: 'File', description: 'File to add' }),
		inline: z
			.boolean()
			.default(false)
			.meta({ title: 'Show in the Text', description: 'Whether a picture is shown at the end of the text' }),
	}),
	result: revision.extend({ attachment: z.unknown() }),
	basis: 'capture',
	async run({ note_id: id, file: source, inline }, dsm) {
		const ref = Buffer.from(`${Math.floor(dsm.now())}${source.name}`).toString('base64');
		const entry = { action: 'create', format: 'raw', name: PART, ...(inline && { ref, source: source.name }) };
		const written = await change(id, dsm, (note) => {
			const html = `${note.content ?? ''}<div>${pictureHtml(ref)}</div>`;
			return {
				...{ object_id: quoted(id), ver: quoted(note.ver), attachment: [entry], [PART]: source },
				...(inline && { content: quoted(html), brief: quoted(briefOf(html)) }),
			};
		});
		return { attachment: null, ...written };
	},
});

export const download = procedure({
	title: 'Download a file of a note',
	summary: 'Gives the bytes of a file or picture in a note.',
	uses: [noteGet, noteDownload, encryptCreate, encryptDelete],
	params: z.object({
		note_id,
		file_id,
		password: password
			.optional()
			.meta({ ...password.meta(), description: 'Only for an encrypted note', advanced: true }),
	}),
	result: fileAnswer(),
	returns: 'file',
	readOnly: true,
	basis: 'clients',
	async run(given, dsm) {
		const note = await readNote(given.note_id, dsm);
		const [id, { name = '' }] = fileIn(note, given.file_id);
		const params = { object_id: note.object_id, ver: note.ver, file_id: id, format: 'raw', mode: 'download' };
		const fetch = async (more: object) => await dsm.file(noteDownload, { ...params, ...more });
		const answer =
			isEncrypted(note) && given.password !== undefined
				? await withToken(note, given.password, dsm, async (token) => await fetch({ token }))
				: await fetch({});
		return answer.name === '' ? { ...answer, name } : answer;
	},
});

const ticketGrant = { api: 'SYNO.API.Auth.Key', method: 'grant', version: 7 } as const;

export const link = procedure({
	title: 'Get a download link of a file',
	summary: 'Gives an address, valid for a short time, from which a file of a note can be downloaded without login.',
	uses: [noteGet, ticketGrant],
	params: z.object({
		note_id,
		file_id,
		alias: z.string().regex(/^\w+$/, 'is one word').default('notestation').meta({
			title: 'Portal Alias',
			description: 'Alias of Note Station in Control Panel, Login Portal, Applications',
			advanced: true,
		}),
	}),
	result: z.object({ url: z.string(), name: z.string() }),
	readOnly: true,
	basis: 'inferred',
	async run(given, dsm) {
		const note = await readNote(given.note_id, dsm);
		const [id, { name = 'file' }] = fileIn(note, given.file_id);
		const { tid } = await ticket(dsm);
		const place = [given.alias, 'ns', 'dv', note.link_id ?? '', note.ver, id, name].map(encodeURIComponent).join('/');
		return { url: `${dsm.url.replace(/\/$/, '')}/${place}?tid=${encodeURIComponent(tid)}`, name };
	},
});

const ticket = async (dsm: Dsm): Promise<{ tid: string }> =>
	(await dsm.call(ticketGrant, { allow_api: 'SYNO.NoteStation.Note', allow_methods: ['download'] })) as {
		tid: string;
	};

export const remove = procedure({
	title: 'Remove a file from a note',
	summary: 'Deletes a file of a note.',
	uses: changeCalls,
	params: z.object({ note_id, file_id }),
	result: revision,
	destructive: true,
	basis: 'inferred',
	run: async (given, dsm) =>
		await change(given.note_id, dsm, (note) => ({
			attachment: [{ action: 'delete', file_id: fileIn(note, given.file_id)[0] }],
		})),
});

export const attachments = resource('File', { list, add, download, link, remove });
