import type { FileAnswer } from '../core/call';
import { readFile } from './files';
import { forOneReader } from './fileStream';
import type { Message, Red, RedNode, Send } from './red';
import { putAnswer, type Target } from './target';

/** How an action node gives its answers. */
export interface OutputSettings {
	/** A list: one array, or one message for each row. */
	list: 'array' | 'rows';
	/** A file: its bytes, a stream, or one message for each chunk. */
	file: 'buffer' | 'stream' | 'chunks';
	/** Most bytes that are held in memory: of a file that is read into a Buffer, and of chunks that are put together. */
	maxBytes: number;
	target: Target;
}

/** What is told of a run, in `msg.synology`. */
export interface Facts {
	/** Id of the operation: `chat.message.send`. */
	operation: string;
	/** Milliseconds since the run began. */
	duration: number;
	/** HTTP requests that were made for it, repeats included; login and list of APIs are the connection's. */
	requests: number;
}

/** Sends what happened to a message and says it in a few words for the status. */
export interface Output {
	red: Red;
	node: RedNode;
	message: Message;
	send: Send;
	settings: OutputSettings;
	/** As of now. */
	facts: () => Facts;
}

/** Sends an answer where the node puts it; `more` are further properties of the message. */
async function give(
	{ red, node, send, settings, facts }: Output,
	message: Message,
	answer: unknown,
	more: Record<string, unknown> = {},
): Promise<void> {
	Object.assign(message, { synology: facts() }, more);
	await putAnswer(red, node, settings.target, message, answer);
	send(message);
}

/** What makes copies of the message, which go out with a part of the answer each. What the answer replaces is not copied. */
function copies({ red, message, settings: { target } }: Output): () => Message {
	const { [target.type === 'msg' ? target.name : '']: _replaced, ...rest } = message;
	return () => red.util.cloneMessage(rest);
}

/** `msg.parts` as Join reads it; that of a sequence around this one stands in it. */
function partsOf({ red, message }: Output, type: 'array' | 'buffer') {
	const id = red.util.generateId();
	const around = message['parts'];
	return (index: number, count?: number) => ({
		...(around !== undefined && { parts: around }),
		...{ id, type, index },
		...(type === 'buffer' && { ch: '' }),
		...(count !== undefined && { count }),
	});
}

/** One message for each of them; gives their number, which is known, and told, with the last one. */
async function sendEach(
	output: Output,
	type: 'array' | 'buffer',
	answers: Iterable<unknown> | AsyncIterable<unknown>,
	more?: Record<string, unknown>,
): Promise<number> {
	const copy = copies(output);
	const parts = partsOf(output, type);
	let index = 0;
	let held: { answer: unknown } | undefined;
	for await (const answer of answers) {
		if (held) await give(output, copy(), held.answer, { ...more, parts: parts(index++) });
		held = { answer };
	}
	if (held) await give(output, copy(), held.answer, { ...more, parts: parts(index++, index) });
	return index;
}

const counted = (count: number, what: string): string => `got ${count} ${what}${count === 1 ? '' : 's'}`;

async function sendArray(output: Output, rows: Iterable<unknown> | AsyncIterable<unknown>): Promise<number> {
	const all: unknown[] = [];
	for await (const row of rows) all.push(row);
	await give(output, output.message, all);
	return all.length;
}

/** Sends the rows of a list operation. */
export async function sendList(output: Output, rows: Iterable<unknown> | AsyncIterable<unknown>): Promise<string> {
	const isOne = output.settings.list === 'array';
	return counted(await (isOne ? sendArray(output, rows) : sendEach(output, 'array', rows)), 'row');
}

/** Bytes of a chunk, as those of the core's "read file" node. */
const CHUNK = 65_536;

/** The bytes of a file in chunks of one size, at least one. */
async function* chunksOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	let rest = Buffer.alloc(0);
	let isFirst = true;
	for await (const more of bytes) {
		rest = Buffer.concat([rest, more]);
		for (; rest.length > CHUNK; rest = rest.subarray(CHUNK)) {
			isFirst = false;
			yield Buffer.from(rest.subarray(0, CHUNK));
			// Other flows have their turn, and whoever takes the chunks.
			await new Promise(setImmediate);
		}
	}
	if (isFirst || rest.length > 0) yield Buffer.from(rest);
}

/** Sends a received file with `filename`, `mimetype` and `size`. */
export async function sendFile(output: Output, answer: FileAnswer): Promise<string> {
	const { message, settings } = output;
	const { name: filename, type: mimetype, size } = answer;
	const known = { filename, mimetype, ...(size !== undefined && { size }) };
	if (settings.file === 'chunks') {
		const count = await sendEach(output, 'buffer', chunksOf(answer.stream as AsyncIterable<Buffer>), known);
		return counted(count, 'chunk');
	}
	if (settings.file === 'stream') await give(output, message, forOneReader(answer.stream, filename), known);
	else {
		const bytes = await readFile(answer, settings.maxBytes);
		await give(output, message, bytes, { ...known, size: bytes.length });
	}
	return 'got a file';
}

/** Sends any other answer. */
export async function sendValue(output: Output, answer: unknown): Promise<string> {
	await give(output, output.message, answer);
	return 'done';
}
