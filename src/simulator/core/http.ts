import type { ServerResponse } from 'node:http';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ApiReply } from './behaviour';
import type { CutPoint } from './faults';
import { dsmJson } from './json';

/** Headers of every answer of a CGI (core.md 1.2). */
const CGI_HEADERS = {
	Server: 'nginx',
	Vary: 'Accept-Encoding',
	'X-Content-Type-Options': 'nosniff',
	'X-XSS-Protection': '1; mode=block',
	'Cache-Control': 'max-age=0, no-cache, no-store, must-revalidate',
	Pragma: 'no-cache',
	Expires: '0',
};

/** The envelope of a reply, before serialisation. */
export function envelope(reply: ApiReply): Record<string, unknown> {
	if ('error' in reply) {
		const { error: code, errors } = reply;
		return { error: { code, ...(errors !== undefined && { errors }) }, success: false };
	}
	return 'data' in reply && reply.data !== undefined ? { data: reply.data, success: true } : { success: true };
}

/** Writes a reply; with `cut`, breaks the connection at that point. */
export async function writeReply(
	response: ServerResponse,
	reply: ApiReply,
	cut?: CutPoint,
	range?: string,
): Promise<void> {
	if (cut === 'request' || cut === 'nothing') {
		if ('file' in reply && !Buffer.isBuffer(reply.file)) reply.file.destroy();
		response.destroy();
		return;
	}
	if ('html' in reply) return writeHtml(response, reply.status, reply.html, reply.headers);
	if ('file' in reply) return await writeFile(response, reply, cut, range);
	const headers = 'headers' in reply ? reply.headers : {};
	response.writeHead(200, { ...CGI_HEADERS, 'Content-Type': 'application/json; charset="UTF-8"', ...headers });
	const body = Buffer.from(dsmJson(envelope(reply)));
	if (cut) return breakOff(response, cut === 'half' ? body.subarray(0, Math.ceil(body.length / 2)) : undefined);
	// Without a length: DSM answers chunked.
	response.write(body);
	response.end();
}

export function writeHtml(
	response: ServerResponse,
	status: number,
	html: string,
	headers: Record<string, string> = {},
): void {
	response.writeHead(status, { Server: 'nginx', 'Content-Type': 'text/html', ...headers });
	response.end(html);
}

/** Titles of nginx's pages. */
export const TITLES: Record<number, string> = {
	301: '301 Moved Permanently',
	400: '400 Bad Request',
	404: '404 Not Found',
	414: '414 Request-URI Too Large',
	502: '502 Bad Gateway',
};

export function nginxPage(title: string): string {
	return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
}

/** Lets what was written reach the client before the connection breaks. */
function breakOff(response: ServerResponse, bytes: Buffer | undefined): void {
	response.flushHeaders();
	if (!bytes) {
		setImmediate(() => response.destroy());
		return;
	}
	response.write(bytes, () => setImmediate(() => response.destroy()));
}

type FileReply = Extract<ApiReply, { file: unknown }>;

async function writeFile(
	response: ServerResponse,
	reply: FileReply,
	cut: CutPoint | undefined,
	range: string | undefined,
): Promise<void> {
	const size = Buffer.isBuffer(reply.file) ? reply.file.length : reply.size;
	const ranges = reply.ranges ?? true;
	const part = size === undefined || !ranges ? undefined : rangeOf(range, size);
	const length = part ? part.end - part.start + 1 : size;
	response.writeHead(part ? 206 : 200, {
		Server: 'nginx',
		'Content-Type': reply.type,
		'Content-Disposition': disposition(reply),
		...(length !== undefined && { 'Content-Length': String(length), ...(ranges && { 'Accept-Ranges': 'bytes' }) }),
		...(part && { 'Content-Range': `bytes ${part.start}-${part.end}/${size}` }),
	});
	const source = Buffer.isBuffer(reply.file) ? Readable.from([reply.file]) : reply.file;
	const steps = part ? [slice(part.start, part.end)] : [];
	if (cut) return await cutFile(response, steps[0] ? source.pipe(steps[0]) : source, cut);
	await pipeline([source, ...steps, response]);
}

/** `half` sends the first chunk, at most half of it. */
async function cutFile(response: ServerResponse, source: Readable, cut: CutPoint): Promise<void> {
	if (cut === 'headers') return breakOff(response, undefined);
	for await (const chunk of source) {
		const bytes = chunk as Buffer;
		return breakOff(response, bytes.subarray(0, Math.ceil(bytes.length / 2)));
	}
}

/** Both forms of the name, as browsers want them (core.md 11). */
function disposition({ name, inline }: FileReply): string {
	const encoded = encodeURIComponent(name);
	return `${inline ? 'inline' : 'attachment'}; filename="${encoded}"; filename*=UTF-8''${encoded}`;
}

function rangeOf(header: string | undefined, size: number): { start: number; end: number } | undefined {
	const match = /^bytes=(\d+)-(\d*)$/.exec(header ?? '');
	if (!match) return undefined;
	const start = Number(match[1]);
	const end = match[2] ? Math.min(Number(match[2]), size - 1) : size - 1;
	return start <= end ? { start, end } : undefined;
}

function slice(start: number, end: number): Transform {
	let position = 0;
	return new Transform({
		transform(chunk: Buffer, _encoding, done) {
			const from = Math.max(0, start - position);
			const to = Math.min(chunk.length, end + 1 - position);
			position += chunk.length;
			done(null, from < to ? chunk.subarray(from, to) : undefined);
		},
	});
}
