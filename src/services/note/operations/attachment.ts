import { quoted } from '../../../core/call';
import { fileAnswer, namedFile } from '../../../catalog/fields';
import { operation, procedure, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { note_id, password } from '../fields';
import { withToken } from '../lib/cipher';
import { pictureHtml } from '../lib/htmlOfMarkdown';
import { fileIn, fileWire, isEncrypted, readNote } from '../lib/note';
import { briefOf } from '../lib/plainText';
import { edited, onRevision, revision, revisionOf, theNote } from '../lib/revision';
import { attachment, downloadFile, getNote, grantTicket, lockNote, unlockNote } from '../wire/notes';

const file_id = z.string().min(1).meta({
	title: 'File',
	description: 'ID of the file as listing gives it, or its name',
	placeholder: 'e.g. photo.png',
});

export const list = operation({
	title: 'List files of a note',
	summary: 'Lists the files and pictures of a note.',
	call: getNote,
	params: z.object({ note_id }),
	request: (given) => ({ object_id: given.note_id }),
	response: ({ attachments: rows }) => rows,
	result: z.array(attachment),
});

/** Name of the multipart part that holds the file; `attachment[].name` must be the same (notestation.md 7.2). */
const PART = 'ext-gen1';

export const add = operation({
	...onRevision,
	title: 'Add a file to a note',
	summary: 'Puts a file into a note; a picture can be shown at the end of the text.',
	params: z.object({
		note_id,
		file: namedFile().meta({ title: 'File', description: 'File to add' }),
		inline: z
			.boolean()
			.default(false)
			.meta({ title: 'Show in the Text', description: 'Whether a picture is shown at the end of the text' }),
	}),
	request({ file: source, inline }, note, { now }) {
		const ref = Buffer.from(`${Math.floor(now)}${source.name}`).toString('base64');
		const html = `${note.content}<div>${pictureHtml(ref)}</div>`;
		return edited(note, {
			...{ object_id: quoted(note.object_id), ver: quoted(note.ver), [PART]: source },
			...(inline && { content: quoted(html), brief: quoted(briefOf(html)) }),
			attachment: [{ action: 'create', format: 'raw', name: PART, ...(inline && { ref, source: source.name }) }],
		});
	},
	response: ([first], { params }) => ({
		...(first ? revisionOf(first) : { object_id: params.note_id }),
		attachments: first?.attachments ?? [],
	}),
	/** With the new file. */
	result: revision.with({ attachments: z.array(attachment) }),
});

export const download = procedure({
	title: 'Download a file of a note',
	summary: 'Gives the bytes of a file or picture in a note.',
	uses: [getNote, downloadFile, unlockNote, lockNote],
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
	async run(given, dsm) {
		const note = await readNote(given.note_id, dsm);
		const { file_id: id, name = '', size } = fileIn(note, given.file_id);
		const fetch = async (more: object) => await dsm.file(downloadFile, { ...fileWire(note, id), ...more }, { size });
		const answer =
			isEncrypted(note) && given.password !== undefined
				? await withToken(note.object_id, given.password, dsm, async (token) => await fetch({ token }))
				: await fetch({});
		return answer.name === '' ? { ...answer, name } : answer;
	},
});

/** That addresses of this form work under any alias was not captured. */
export const getLink = operation({
	title: 'Get a download link of a file',
	summary: 'Gives an address, valid for a short time, from which a file of a note can be downloaded without login.',
	known: theNote,
	call: grantTicket,
	params: z.object({
		note_id,
		file_id,
		alias: z.string().regex(/^\w+$/, 'is one word').default('notestation').meta({
			title: 'Portal Alias',
			description: 'Alias of Note Station in Control Panel, Login Portal, Applications',
			advanced: true,
		}),
	}),
	request(given, note) {
		fileIn(note, given.file_id);
		return { allow_api: 'SYNO.NoteStation.Note', allow_methods: ['download'] };
	},
	response({ tid }, { params, known: note, url }) {
		const { file_id: id, name = 'file' } = fileIn(note, params.file_id);
		const place = [params.alias, 'ns', 'dv', note.link_id ?? '', note.ver, id, name].map(encodeURIComponent).join('/');
		return { url: `${url.replace(/\/$/, '')}/${place}?tid=${encodeURIComponent(tid)}`, name };
	},
	result: z.object({ url: z.string(), name: z.string() }),
	readOnly: true,
	basis: 'inferred',
});

export const remove = operation({
	...onRevision,
	title: 'Remove a file from a note',
	summary: 'Deletes a file of a note.',
	params: z.object({ note_id, file_id }),
	request: (given, note) =>
		edited(note, { attachment: [{ action: 'delete', file_id: fileIn(note, given.file_id).file_id }] }),
	destructive: true,
	deletes: true,
	basis: 'inferred',
});

export const attachments = resource('File', { list, add, download, getLink, remove });
