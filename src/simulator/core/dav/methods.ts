import { splitTarget } from '../wire';
import type { DavReply, DavRequest } from './serveDav';
import { placeOf, hrefOf, type Place } from './places';
import { isLive, propstat, responseOf } from './props';
import { missing, multistatus, report, subjectOf } from './reports';
import { APPLE, CALDAV, CARDDAV, DAV, child, childrenOf, clark, document, node, type Element } from './xml';

export const ALLOWED = 'DELETE, GET, HEAD, MKCALENDAR, MKCOL, MOVE, OPTIONS, PROPFIND, PROPPATCH, PUT, REPORT';

/** Answers one request to a place that the user may see. */
export function respond(request: DavRequest, place: Place): DavReply {
	switch (request.method) {
		case 'OPTIONS':
			return { status: 200, headers: { Allow: ALLOWED, DAV: '1, 2, 3, calendar-access, addressbook, extended-mkcol' } };
		case 'PROPFIND':
			return propfind(request, place);
		case 'REPORT':
			return place.kind === 'folder' ? report(request, place.folder) : notFolder(place);
		case 'GET':
		case 'HEAD':
			return get(request, place);
		case 'PUT':
			return put(request, place);
		case 'DELETE':
			return remove(request, place);
		case 'MOVE':
			return move(request, place);
		case 'MKCOL':
		case 'MKCALENDAR':
			return make(request, place);
		case 'PROPPATCH':
			return place.kind === 'folder' ? proppatch(request, place) : notFolder(place);
		default:
			return { status: 405, headers: { Allow: ALLOWED } };
	}
}

const notFolder = ({ kind }: Place): DavReply => ({
	status: kind === 'free' || kind === 'nowhere' || kind === 'elsewhere' ? 404 : 403,
});

function propfind(request: DavRequest, place: Place): DavReply {
	const { nas, service, user, depth, xml, hasBody, isShort } = request;
	const most = isShort ? 1 : undefined;
	if (hasBody && !(xml?.ns === DAV && xml.name === 'propfind')) return { status: 400 };
	const deep = depth !== '0';
	if (place.kind === 'elsewhere') return elsewhere(request);
	if (place.kind === 'root')
		return multistatus([responseOf({ service, user, href: `/${service.root}/`, isRoot: true }, xml)]);
	if (place.kind === 'home') {
		const folders = deep ? service.folders(nas, user).slice(0, most) : [];
		const own = responseOf({ service, user, href: hrefOf(service, user) }, xml);
		return multistatus([own, ...folders.map((folder) => responseOf(subjectOf(request, folder), xml))]);
	}
	if (place.kind === 'folder') {
		const members = deep ? place.folder.members().slice(0, most) : [];
		const subjects = [undefined, ...members.map(({ name }) => name)].map((name) =>
			subjectOf(request, place.folder, name),
		);
		return multistatus(subjects.map((subject) => responseOf(subject, xml)));
	}
	if (place.kind !== 'member' || !place.member) return { status: 404 };
	return multistatus([responseOf(subjectOf(request, place.folder, place.name), xml)]);
}

/** What is not there has three faces (contacts.md 8.1). */
function elsewhere({ nas, service, user, path, xml }: DavRequest): DavReply {
	const face = service.elsewhere?.(nas) ?? 'nothing';
	if (face === 'row') return multistatus([missing(path)]);
	return face === 'empty' ? multistatus([responseOf({ service, user, href: path }, xml)]) : { status: 404 };
}

/** A collection is given as one file of all its members. */
function get({ service }: DavRequest, place: Place): DavReply {
	const type = { 'Content-Type': service.contentType };
	if (place.kind === 'member' && place.member) {
		const { etag, modifiedAt, data } = place.member;
		return {
			status: 200,
			body: data,
			headers: { ...type, ETag: etag, 'Last-Modified': new Date(modifiedAt).toUTCString() },
		};
	}
	if (place.kind !== 'folder') return { status: place.kind === 'member' ? 404 : notFolder(place).status };
	const data = place.folder.members().map((member) => member.data);
	return { status: 200, body: data.join(''), headers: { ...type, ETag: place.folder.history.ctag } };
}

/** Whether the conditions of the headers hold. */
function holds({ ifMatch, ifNoneMatch }: DavRequest, etag: string | undefined): boolean {
	const names = (list: string) =>
		list === '*' || list.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
	if (ifMatch !== undefined && !(etag !== undefined && names(ifMatch))) return false;
	return !(ifNoneMatch !== undefined && etag !== undefined && names(ifNoneMatch));
}

function put(request: DavRequest, place: Place): DavReply {
	if (place.kind === 'folder' || place.kind === 'home' || place.kind === 'root')
		return { status: 405, headers: { Allow: ALLOWED } };
	if (place.kind !== 'member') return { status: place.kind === 'free' ? 409 : 404 };
	const { folder, name, member } = place;
	if (!folder.writable) return { status: 403 };
	if (!holds(request, member?.etag)) return { status: 412 };
	const refusal = folder.put(name, request.text);
	// A calendar says so when the kind is wrong, and not the right (RFC 4791, 5.3.2.1; calendar.md 8).
	if (refusal === 403 && folder.components)
		return { status: 403, body: document(DAV, 'error', [node(CALDAV, 'supported-calendar-component')]) };
	if (refusal !== undefined) return { status: refusal };
	return { status: member ? 204 : 201, headers: etagHeader(request, folder.member(name)?.etag) };
}

const etagHeader = ({ service, nas }: DavRequest, etag: string | undefined): Record<string, string> =>
	etag === undefined || service.hidesEtag?.(nas) ? {} : { ETag: etag };

function remove(request: DavRequest, place: Place): DavReply {
	if (place.kind === 'folder') return { status: request.service.drop(request.nas, request.user, place.folder) };
	if (place.kind !== 'member' || !place.member)
		return { status: place.kind === 'home' || place.kind === 'root' ? 403 : 404 };
	if (!place.folder.writable) return { status: 403 };
	if (!holds(request, place.member.etag)) return { status: 412 };
	place.folder.remove(place.name);
	return { status: 204 };
}

/** `Overwrite` is true unless it says `F` (RFC 4918, 9.9). */
function move(request: DavRequest, place: Place): DavReply {
	const { nas, service, user, destination, overwrite, host } = request;
	if (place.kind !== 'member' || !place.member) return { status: place.kind === 'folder' ? 403 : 404 };
	if (destination === undefined) return { status: 400 };
	if (/^https?:/i.test(destination) && URL.canParse(destination) && new URL(destination).host !== host)
		return { status: 502 };
	const target = placeOf(nas, service, user, splitTarget(destination).path);
	if (target.kind === 'foreign') return { status: 403 };
	if (target.kind !== 'member') return { status: 409 };
	if (!place.folder.writable || !target.folder.writable) return { status: 403 };
	if (!holds(request, place.member.etag) || (target.member && overwrite === 'F')) return { status: 412 };
	const { data } = place.member;
	place.folder.remove(place.name);
	const refusal = target.folder.put(target.name, data);
	if (refusal !== undefined) place.folder.put(place.name, data);
	if (refusal !== undefined) return { status: refusal };
	return { status: target.member ? 204 : 201, headers: etagHeader(request, target.folder.member(target.name)?.etag) };
}

/** MKCOL (extended) and MKCALENDAR: the properties stand in `set/prop`. */
function make({ nas, service, user, method, xml, hasBody }: DavRequest, place: Place): DavReply {
	if (place.kind !== 'free') return { status: place.kind === 'nowhere' ? 409 : 405 };
	if (hasBody && !xml) return { status: 400 };
	if (method === 'MKCALENDAR' && service.type !== 'calendar') return { status: 403 };
	const props = new Map(settable(xml).map((prop) => [clark(prop), textOf(prop)]));
	return { status: service.make(nas, user, place.uri, props) };
}

/** Several components of a calendar are joined by a comma. */
const textOf = ({ text, children }: Element): string =>
	children.length === 0 ? text.trim() : children.map(({ attributes, name }) => attributes.name ?? name).join(',');

const settable = (xml: Element | undefined): Element[] =>
	childrenOf(xml, DAV, 'set').flatMap((set) => child(set, DAV, 'prop')?.children ?? []);

const WRITABLE = new Set([
	`{${DAV}}displayname`,
	`{${CARDDAV}}addressbook-description`,
	`{${CALDAV}}calendar-description`,
	`{${CALDAV}}calendar-timezone`,
	`{${APPLE}}calendar-color`,
	`{${APPLE}}calendar-order`,
]);

/** All or nothing: with one protected property the others answer 424 (RFC 4918, 9.2). */
function proppatch(request: DavRequest, { folder }: Extract<Place, { kind: 'folder' }>): DavReply {
	const { xml } = request;
	if (!(xml?.ns === DAV && xml.name === 'propertyupdate')) return { status: 400 };
	if (!folder.writable) return { status: 403 };
	const set = settable(xml);
	const gone = childrenOf(xml, DAV, 'remove').flatMap((entry) => child(entry, DAV, 'prop')?.children ?? []);
	const isProtected = (prop: Element) => isLive(clark(prop)) && !WRITABLE.has(clark(prop));
	const bad = [...set, ...gone].filter(isProtected);
	const good = [...set, ...gone].filter((prop) => !isProtected(prop));
	const empty = (props: Element[]) => props.map(({ ns, name }) => node(ns, name));
	if (bad.length === 0) {
		for (const prop of set) {
			if (clark(prop) === `{${DAV}}displayname`) folder.rename(prop.text.trim());
			else folder.props.set(clark(prop), textOf(prop));
		}
		for (const prop of gone) folder.props.delete(clark(prop));
		folder.history.touch();
	}
	const stats = [
		...(bad.length > 0 ? [propstat(empty(bad), '403 Forbidden')] : []),
		...(good.length > 0 ? [propstat(empty(good), bad.length > 0 ? '424 Failed Dependency' : '200 OK')] : []),
	];
	const href = subjectOf(request, folder).href;
	return {
		status: 207,
		body: document(DAV, 'multistatus', [node(DAV, 'response', [node(DAV, 'href', href), ...stats])]),
	};
}
