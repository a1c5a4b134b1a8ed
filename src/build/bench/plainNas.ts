import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/*
 * A server that answers as a NAS does and does no more: what is measured against it is the client. A program of its own, told by messages
 * what it holds; each answer to a message tells how many requests came since the one before.
 */

/** What the server holds. */
export interface Holding {
	/** Files in `/docs/many`. */
	files?: number;
	/** Bytes of `/docs/large.bin`. */
	size?: number;
}

const holding: Required<Holding> = { files: 0, size: 0 };
/** When the folder changed last, Unix seconds: it lies back so far that its time is sure to show. */
let changed = 1_700_000_000;
let requests = 0;

const APIS = [
	'SYNO.API.Auth',
	'SYNO.Core.Desktop.Timeout',
	'SYNO.Entry.Request',
	'SYNO.FileStation.Download',
	'SYNO.FileStation.List',
	'SYNO.FileStation.Upload',
];
const LIST = Object.fromEntries(
	APIS.map((api) => [api, { path: 'entry.cgi', minVersion: 1, maxVersion: 7, requestFormat: 'JSON' }]),
);

/** Rows as File Station gives them (filestation.md 2). */
const rowOf = (path: string, isdir: boolean, size: number, time: number) => ({
	additional: { size, time: { atime: time, crtime: time, ctime: time, mtime: time } },
	isdir,
	name: path.slice(path.lastIndexOf('/') + 1),
	path,
});
const rows: string[] = [];
const fileAt = (index: number): string =>
	(rows[index] ??= JSON.stringify(
		rowOf(`/docs/many/file-${String(index).padStart(6, '0')}.txt`, false, 1000 + index, 1_600_000_000 + index),
	));

function page(offset: number, limit: number): string {
	const parts: string[] = [];
	for (let index = offset; index < Math.min(offset + limit, holding.files); index++) parts.push(fileAt(index));
	return `{"data":{"files":[${parts.join(',')}],"offset":${offset},"total":${holding.files}},"success":true}`;
}

type Params = Record<string, unknown>;

const ok = (data: unknown): string => JSON.stringify({ data, success: true });
const folder = () => ok({ files: [rowOf('/docs/many', true, 4096, changed)] });

function answer({ api, method, ...params }: Params): string {
	switch (`${String(api)} ${String(method)}`) {
		case 'SYNO.API.Info query':
			return ok(LIST);
		case 'SYNO.API.Auth login':
			return ok({ account: 'alice', did: '', sid: 'a-session-of-the-benchmark', synotoken: 'a-token' });
		case 'SYNO.FileStation.List list':
			return page(Number(params['offset']), Number(params['limit']) || holding.files);
		case 'SYNO.FileStation.List getinfo':
			return folder();
		case 'SYNO.Entry.Request request':
			return together(params['compound'] as Params[]);
		default:
			return ok({});
	}
}

function together(entries: Params[]): string {
	const answers = entries.map((entry) => {
		const head = JSON.stringify({ api: entry['api'], method: entry['method'], version: entry['version'] });
		return `${head.slice(0, -1)},${answer(entry).slice(1)}`;
	});
	return `{"data":{"has_fail":false,"result":[${answers.join(',')}]},"success":true}`;
}

/** Fields of a form; JSON where it is some. */
function fieldsOf(form: string): Params {
	const fields: Params = {};
	for (const [name, text] of new URLSearchParams(form)) {
		try {
			fields[name] = JSON.parse(text) as unknown;
		} catch {
			fields[name] = text;
		}
	}
	return fields;
}

const CHUNK = Buffer.alloc(256 * 1024, 7);

function sendFile(response: ServerResponse): void {
	response.writeHead(200, {
		'content-type': 'application/octet-stream',
		'content-disposition': 'attachment; filename="large.bin"',
		'content-length': holding.size,
	});
	let left = holding.size;
	const send = (): void => {
		while (left > 0) {
			const chunk = left < CHUNK.length ? CHUNK.subarray(0, left) : CHUNK;
			left -= chunk.length;
			if (!response.write(chunk)) return void response.once('drain', send);
		}
		response.end();
	};
	send();
}

function respond(response: ServerResponse, text: string): void {
	const body = Buffer.from(text);
	response.writeHead(200, { 'content-type': 'application/json; charset="UTF-8"', 'content-length': body.length });
	response.end(body);
}

function handle(request: IncomingMessage, response: ServerResponse): void {
	requests++;
	if (request.headers['content-type']?.startsWith('multipart/')) {
		request.resume().on('end', () => respond(response, ok({ blSkip: false, file: 'large.bin' })));
		return;
	}
	let form = '';
	request
		.setEncoding('latin1')
		.on('data', (text: string) => (form += text))
		.on('end', () => {
			const fields = fieldsOf(form);
			if (fields['api'] === 'SYNO.FileStation.Download') sendFile(response);
			else respond(response, answer(fields));
		});
}

const server = createServer(handle);
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));

process.on('message', (wanted: Holding) => {
	if (wanted.files !== undefined) changed++;
	Object.assign(holding, wanted);
	for (let index = 0; index < holding.files; index++) fileAt(index);
	process.send?.({ requests });
	requests = 0;
});
process.on('disconnect', () => process.exit());
