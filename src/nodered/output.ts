import type { FileAnswer } from '../core/call';
import { readFile } from './files';
import { forOneReader } from './fileStream';
import type { Message, Red, Send } from './red';

/** How an action node gives its answers. */
export interface OutputSettings {
	/** A list: one array, or one message for each row. */
	list: 'array' | 'rows';
	/** A file: its bytes, or a stream. */
	file: 'buffer' | 'stream';
	/** Most bytes that are read into a Buffer. */
	maxBytes: number;
}

/** Sends what happened to a message and says it in a few words for the status. */
export interface Output {
	red: Red;
	message: Message;
	send: Send;
	settings: OutputSettings;
}

const put = (message: Message, values: Record<string, unknown>): Message => Object.assign(message, values);

const counted = (rows: number): string => `${rows} ${rows === 1 ? 'row' : 'rows'}`;

/** One message for each row, with `msg.parts` as Join reads it. The number of rows is known, and given, with the last one. */
async function sendRows(
	{ red, message, send }: Output,
	rows: Iterable<unknown> | AsyncIterable<unknown>,
): Promise<string> {
	const id = red.util.generateId();
	let index = 0;
	let held: Message | undefined;
	for await (const payload of rows) {
		if (held) send(held);
		held = put(red.util.cloneMessage(message), { payload, parts: { id, type: 'array', index: index++ } });
	}
	if (held) send(put(held, { parts: { ...(held['parts'] as object), count: index } }));
	return counted(index);
}

async function sendArray({ message, send }: Output, rows: Iterable<unknown> | AsyncIterable<unknown>): Promise<string> {
	const payload: unknown[] = [];
	for await (const row of rows) payload.push(row);
	send(put(message, { payload }));
	return counted(payload.length);
}

/** Sends the rows of a list operation. */
export const sendList = async (output: Output, rows: Iterable<unknown> | AsyncIterable<unknown>): Promise<string> =>
	await (output.settings.list === 'rows' ? sendRows(output, rows) : sendArray(output, rows));

/** Sends a received file: `payload`, `filename`, `mimetype`, `size`. */
export async function sendFile({ message, send, settings }: Output, answer: FileAnswer): Promise<string> {
	const isStream = settings.file === 'stream';
	const payload = isStream ? forOneReader(answer.stream, answer.name) : await readFile(answer, settings.maxBytes);
	const size = Buffer.isBuffer(payload) ? payload.length : answer.size;
	send(put(message, { payload, filename: answer.name, mimetype: answer.type, ...(size !== undefined && { size }) }));
	return 'file';
}

/** Sends any other answer. */
export function sendValue({ message, send }: Output, payload: unknown): string {
	send(put(message, { payload }));
	return 'done';
}
