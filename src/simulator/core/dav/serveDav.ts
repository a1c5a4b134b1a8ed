import type { IncomingMessage, ServerResponse } from 'node:http';
import { nginxPage } from '../http';
import type { Nas, User } from '../nas';
import { splitTarget } from '../wire';
import { respond } from './methods';
import { placeOf, serviceAt } from './places';
import type { DavService } from './types';
import { parseXml, type Element } from './xml';

/** One DAV request of a known user. */
export interface DavRequest {
	nas: Nas;
	service: DavService;
	user: User;
	method: string;
	path: string;
	/** `infinity` when absent (RFC 4918, 9.1). */
	depth: string;
	text: string;
	hasBody: boolean;
	/** The body as XML, if it is. */
	xml: Element | undefined;
	host: string;
	ifMatch: string | undefined;
	ifNoneMatch: string | undefined;
	destination: string | undefined;
	overwrite: string | undefined;
	/** Lists leave out all but their first entry, for a test. */
	isShort: boolean;
}

export interface DavReply {
	status: number;
	headers?: Record<string, string>;
	/** XML unless the headers say otherwise. */
	body?: string;
	/** The connection breaks before it comes. */
	isLost?: true;
}

export const isDavPath = (nas: Nas, path: string): boolean => serviceAt(nas, path) !== undefined;

/** Answers a request below `/carddav/` or `/caldav/`; gives its body, for the record. */
export async function serveDav(nas: Nas, request: IncomingMessage, response: ServerResponse): Promise<string> {
	const text = await bodyOf(request);
	const reply = answer(nas, request, text);
	if (reply.isLost) {
		request.socket.destroy();
		return text;
	}
	const { status, headers = {}, body } = reply;
	const type = body === undefined ? 'text/plain; charset=utf-8' : 'text/xml; charset=utf-8';
	const bytes = Buffer.from(body ?? (status >= 400 ? (STATUS_TEXT[status] ?? '') : ''));
	response.writeHead(status, {
		Server: 'nginx',
		...(bytes.length > 0 && { 'Content-Type': type }),
		...(status !== 204 && { 'Content-Length': String(bytes.length) }),
		...headers,
	});
	response.end(request.method === 'HEAD' || status === 204 ? undefined : bytes);
	return text;
}

const STATUS_TEXT: Record<number, string> = {
	400: 'Bad Request',
	401: 'Access denied.',
	403: 'Access to the requested resource forbidden.',
	404: 'The requested resource could not be found.',
	405: 'The method is not allowed on the requested resource.',
	409: 'Conflict in the request.',
	412: 'Precondition failed.',
	415: 'Unsupported media type.',
};

async function bodyOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}

function answer(nas: Nas, message: IncomingMessage, text: string): DavReply {
	const { path } = splitTarget(message.url ?? '/');
	const found = serviceAt(nas, path);
	if (!found) return { status: 404, body: nginxPage('404 Not Found'), headers: { 'Content-Type': 'text/html' } };
	const { service, wellKnown } = found;
	if (wellKnown) return { status: 301, headers: { Location: `/${service.root}/` } };
	const user = authenticate(nas, message);
	if (typeof user === 'number') return user === 401 ? challenge() : { status: user };
	if (!nas.allows(user, service.app)) return { status: 403 };
	const fault = nas.faults.takeDav(message.method ?? '');
	if (typeof fault === 'number') return { status: fault };
	const place = placeOf(nas, service, user, path);
	if (place.kind === 'foreign') return { status: 403 };
	const reply = respond(
		requestOf({ nas, service, user, path, isShort: fault === 'short' || nas.lies.isShort() }, message, text),
		place,
	);
	if (fault === 'lost') return { ...reply, isLost: true };
	if (reply.body === undefined || reply.status !== 207) return reply;
	const body = nas.lies.xml(reply.body);
	return { ...reply, body: fault === 'cut' ? body.slice(0, body.length / 2) : body };
}

const challenge = (): DavReply => ({ status: 401, headers: { 'WWW-Authenticate': 'Basic realm="Synology DAV"' } });

/**
 * HTTP Basic with the DSM account: there is no second factor, so accounts with two-factor authentication give their plain password,
 * too (contacts.md 8.1, 10). Failures count for Auto Block; a blocked address is refused as everywhere.
 */
function authenticate(nas: Nas, { headers, socket }: IncomingMessage): User | number {
	const ip = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
	if (nas.autoBlock.blocks(ip)) return 403;
	const [scheme, code] = (headers.authorization ?? '').split(' ');
	if (scheme?.toLowerCase() !== 'basic' || code === undefined) return 401;
	const credentials = Buffer.from(code, 'base64').toString('utf8');
	const colon = credentials.indexOf(':');
	const user = nas.users.get(credentials.slice(0, colon));
	const isRight = user !== undefined && user.password === credentials.slice(colon + 1);
	if (!isRight) nas.autoBlock.fail(ip);
	return isRight && user.loginCode === undefined ? user : 401;
}

function requestOf(
	who: Pick<DavRequest, 'nas' | 'service' | 'user' | 'path' | 'isShort'>,
	{ method = 'GET', headers }: IncomingMessage,
	text: string,
): DavRequest {
	const hasBody = text.trim() !== '';
	const one = (name: string) => (headers[name] === undefined ? undefined : String(headers[name]));
	return {
		...who,
		method,
		text,
		hasBody,
		depth: one('depth') ?? 'infinity',
		xml: hasBody && method !== 'PUT' ? parseXml(text) : undefined,
		host: one('host') ?? '',
		ifMatch: one('if-match'),
		ifNoneMatch: one('if-none-match'),
		destination: one('destination'),
		overwrite: one('overwrite'),
	};
}
