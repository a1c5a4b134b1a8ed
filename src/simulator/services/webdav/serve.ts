import { createWriteStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { join } from 'node:path';
import type { DavFault } from '../../core/faults';
import type { Nas, User } from '../../core/nas';
import { FileRefusal } from '../../core/volume';
import { answer, type Reply, type Visit } from './methods';
import type { WebdavState } from './state';

/** Codes of file operations as statuses (filestation.md 2; RFC 4918). */
const STATUSES: Record<number, number> = {
	407: 403,
	408: 404,
	411: 403,
	412: 400,
	414: 405,
	415: 507,
	416: 507,
	418: 400,
};
const ALLOWED = 'OPTIONS,GET,HEAD,POST,DELETE,TRACE,PROPFIND,PROPPATCH,COPY,MOVE,LOCK,UNLOCK,PUT,MKCOL';

/** Answers one request as Apache's mod_dav does (webdav.md 10). */
export async function serve(state: WebdavState, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const { nas } = state;
	const fault = nas.faults.takeDav(request.method ?? '');
	const reply = typeof fault === 'number' ? { status: fault } : await replyTo(state, request);
	if (fault === 'lost') return void request.socket.destroy();
	const { status, headers = {}, body: truth, file } = spoilt(reply, fault);
	const body = truth !== undefined && status === 207 ? nas.lies.xml(truth) : truth;
	const bytes = Buffer.from(body ?? '');
	response.writeHead(status, {
		Server: 'Apache',
		Date: new Date(nas.clock.now()).toUTCString(),
		...(file ? {} : { 'Content-Length': String(bytes.length) }),
		...(body !== undefined && { 'Content-Type': 'text/xml; charset="utf-8"' }),
		...headers,
	});
	if (!file || request.method === 'HEAD') return void response.end(bytes);
	if (fault !== 'broken') return await pipeline(file, response);
	const half = Math.floor(Number(headers['Content-Length'] ?? 0) / 2);
	await pipeline(file, beginning(half), response, { end: false });
	response.socket?.destroySoon();
}

/** A file whose answer ends in the middle, with a length that fits. */
function spoilt(reply: Reply, fault: DavFault | undefined): Reply {
	if (fault !== 'cut' || !reply.file) return reply;
	const half = Math.floor(Number(reply.headers?.['Content-Length'] ?? 0) / 2);
	const { 'Content-Length': _length, ...headers } = reply.headers ?? {};
	return { ...reply, headers: { ...headers, 'Content-Length': String(half) }, file: reply.file.pipe(beginning(half)) };
}

/** The first bytes of what flows through. */
function beginning(bytes: number): Transform {
	let left = bytes;
	return new Transform({
		transform(chunk: Buffer, _encoding, done) {
			const part = chunk.subarray(0, left);
			left -= part.length;
			done(null, part);
		},
	});
}

async function replyTo(state: WebdavState, request: IncomingMessage): Promise<Reply> {
	const { method = 'GET', headers, socket } = request;
	const ip = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
	const isOptions = method === 'OPTIONS';
	const user = userOf(state.nas, headers.authorization, ip);
	if (user === 403) return await emptied(request, { status: 403 });
	if (user === 401 && !(isOptions && state.switches.openOptions))
		return await emptied(request, { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="WebDAV"' } });
	if (isOptions) return { status: 200, headers: { DAV: '1,2', 'MS-Author-Via': 'DAV', Allow: ALLOWED } };
	if (typeof user === 'number' || !state.admits(user, ip)) return await emptied(request, { status: 403 });
	connected(state, user, ip, request);
	const path = pathOf(request.url ?? '/');
	if (path === undefined) return await emptied(request, { status: 400 });
	const visit: Visit = {
		state,
		user,
		method,
		path: path.replace(/(.)\/$/, '$1'),
		isSlashed: path.endsWith('/'),
		headers,
		text: '',
	};
	try {
		if (method === 'PUT') visit.upload = await stored(state.nas, request);
		else visit.text = (await bodyOf(request)).toString('utf8');
		return answer(visit);
	} catch (error) {
		if (error instanceof FileRefusal) return { status: STATUSES[error.code] ?? 500 };
		throw error;
	}
}

/** The body is read before a refusal, as servers do that keep the connection. */
async function emptied(request: IncomingMessage, reply: Reply): Promise<Reply> {
	request.resume();
	return await Promise.resolve(reply);
}

function pathOf(url: string): string | undefined {
	try {
		return decodeURIComponent(url.replace(/[?#].*$/s, ''));
	} catch {
		return undefined;
	}
}

/** HTTP Basic with the account of DSM; no second factor is asked for (webdav.md 12.7). Failures count for Auto Block. */
function userOf(nas: Nas, header: string | undefined, ip: string): User | 401 | 403 {
	if (nas.autoBlock.blocks(ip)) return 403;
	const code = /^basic +(\S+)$/i.exec(header ?? '')?.[1];
	if (code === undefined) return 401;
	const [name = '', ...rest] = Buffer.from(code, 'base64').toString('utf8').split(':');
	const user = nas.users.get(name);
	if (user?.password === rest.join(':') && user.loginCode === undefined) return user;
	nas.autoBlock.fail(ip);
	return 401;
}

const known = new WeakMap<object, number>();

/** One row of the list of connections for each connection that somebody keeps. */
function connected(state: WebdavState, user: User, ip: string, { socket, url = '' }: IncomingMessage): void {
	if (known.has(socket)) return;
	const pid = state.connect(user.name, ip, url.split('/')[1] ?? '', () => socket.destroy());
	known.set(socket, pid);
	socket.once('close', () => state.disconnect(pid));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

let uploads = 0;

/** The body in a file of this machine, so that large ones stay out of memory. */
async function stored(nas: Nas, request: IncomingMessage): Promise<{ path: string; size: number }> {
	const path = join(nas.directory('incoming'), `webdav-${uploads++}`);
	const target = createWriteStream(path);
	await pipeline(request, target);
	return { path, size: target.bytesWritten };
}
