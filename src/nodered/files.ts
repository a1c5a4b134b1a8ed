import type { Readable } from 'node:stream';
import type { FileAnswer, FileSource } from '../core/call';
import { baseName, isFileSource } from '../core/call';
import { DsmInputError } from '../core/errors';
import { checkUnread, taking } from './fileStream';
import type { Message } from './red';

const isStream = (value: unknown): value is AsyncIterable<Uint8Array> =>
	typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/** The core file nodes put whole paths into `msg.filename`. */
function nameOf(message: Message, otherwise: string): string {
	const given = message['filename'];
	return typeof given === 'string' && given !== '' ? baseName(given) : otherwise;
}

const typeOf = (message: Message): { type?: string } =>
	typeof message['mimetype'] === 'string' ? { type: message['mimetype'] } : {};

function fromBytes(bytes: Uint8Array, name: string, message: Message): FileSource {
	return {
		name: nameOf(message, name),
		...typeOf(message),
		size: bytes.byteLength,
		open: async function* () {
			yield bytes;
		},
	};
}

/** A stream can be read once: a repeat, as after a lost session, has nothing to send any more, and says so. */
function fromStream(stream: AsyncIterable<Uint8Array>, message: Message): FileSource {
	const size = Number(message['size']);
	if (!Number.isInteger(size) || size < 0) {
		throw new DsmInputError('The size of the stream to upload is not known.', {
			path: ['file'],
			hint: 'Put the number of bytes into msg.size, or send a Buffer: DSM refuses uploads without a length.',
		});
	}
	const name = nameOf(message, 'file.bin');
	checkUnread(stream, name);
	let opened = false;
	return {
		name,
		...typeOf(message),
		size,
		open: () => {
			if (opened) {
				throw new DsmInputError('The upload has to be sent once more, and a stream cannot be read twice.', {
					hint: 'Send the message again with a new stream, or send a Buffer.',
				});
			}
			opened = true;
			return taking(stream, name);
		},
	};
}

/** An object that carries its content, as flows pass attachments on: `{ content, filename?, mimetype? }`. */
function fromObject({ content, filename, mimetype }: FileObject, message: Message): FileSource {
	const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
	const own = { ...message, ...(filename && { filename }), ...(mimetype && { mimetype }) };
	return fromBytes(bytes, typeof content === 'string' ? 'file.txt' : 'file.bin', own);
}

interface FileObject {
	content: string | Uint8Array;
	filename?: string;
	mimetype?: string;
}

const isFileObject = (value: unknown): value is FileObject => {
	const { content } = (value ?? {}) as Partial<FileObject>;
	return typeof content === 'string' || content instanceof Uint8Array;
};

/**
 * File to send: a Buffer, an object with `content`, or a stream with its length in `msg.size`; `msg.filename` names it and
 * `msg.mimetype` says its type. A bare text is content only when it was typed into the form (`isTyped`): in a message it is more
 * often the name of a file. Throws DsmInputError for anything else.
 */
export function toFileSource(value: unknown, message: Message, isTyped = false): FileSource {
	// Streams first: those of node:fs have a method `open`, as a FileSource has.
	if (isStream(value)) return fromStream(value, message);
	if (isFileSource(value)) return value;
	if (value instanceof Uint8Array || Buffer.isBuffer(value)) return fromBytes(value, 'file.bin', message);
	if (isFileObject(value)) return fromObject(value, message);
	if (typeof value === 'string' && isTyped) return fromBytes(Buffer.from(value, 'utf8'), 'file.txt', message);
	throw new DsmInputError(`A file is expected as Buffer or stream, but ${describe(value)} was given.`, {
		path: ['file'],
		...(typeof value === 'string' && {
			hint: 'To send a text as the content, choose "text" in the field, or pass an object with "content". To send a file by its name, read it first with a "read file" node.',
		}),
	});
}

const describe = (value: unknown): string => {
	if (typeof value === 'string') return `the text "${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`;
	return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`;
};

/** Bytes of a received file. Throws DsmInputError, and ends the transfer, as soon as there are more than `limit`. */
export async function readFile(answer: FileAnswer, limit: number): Promise<Buffer> {
	const parts: Buffer[] = [];
	let size = 0;
	const tooLarge = () =>
		new DsmInputError(`"${answer.name}" is larger than ${Math.round(limit / 1_048_576)} MB.`, {
			hint: 'Raise the limit in the node, or choose to get the file as a stream.',
		});
	if ((answer.size ?? 0) > limit) {
		answer.stream.destroy();
		throw tooLarge();
	}
	for await (const part of answer.stream as Readable & AsyncIterable<Buffer>) {
		size += part.length;
		// Leaving the loop destroys the stream, which ends the transfer.
		if (size > limit) throw tooLarge();
		parts.push(Buffer.from(part));
	}
	return Buffer.concat(parts);
}
