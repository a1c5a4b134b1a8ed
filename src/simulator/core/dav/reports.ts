import { splitTarget } from '../wire';
import type { DavRequest, DavReply } from './serveDav';
import { hrefOf, placeOf } from './places';
import { responseOf, type Subject } from './props';
import type { DavFolder } from './types';
import { CALDAV, CARDDAV, DAV, child, childrenOf, document, node, type Element, type Node } from './xml';

/** REPORT of an address book or calendar. */
export function report(request: DavRequest, folder: DavFolder): DavReply {
	const { xml, service } = request;
	if (!xml) return { status: 400 };
	const ns = service.type === 'addressbook' ? CARDDAV : CALDAV;
	if (xml.ns === DAV && xml.name === 'sync-collection') return sync(request, folder, xml);
	if (xml.ns === ns && xml.name === `${service.type}-multiget`) return multistatus(multiget(request, xml));
	if (xml.ns === ns && xml.name === `${service.type}-query`) return multistatus(query(request, folder, xml, ns));
	return { status: 403, body: document(DAV, 'error', [node(DAV, 'supported-report')]) };
}

export const multistatus = (responses: Node[]): DavReply => ({
	status: 207,
	body: document(DAV, 'multistatus', responses),
});

function query(request: DavRequest, folder: DavFolder, xml: Element, ns: string): Node[] {
	const filter = child(xml, ns, 'filter');
	return folder
		.members()
		.filter((member) => !filter || request.service.matches(member, filter))
		.map((member) => responseOf(subjectOf(request, folder, member.name), child(xml, DAV, 'prop')));
}

function multiget(request: DavRequest, xml: Element): Node[] {
	const hrefs = childrenOf(xml, DAV, 'href');
	return hrefs.slice(0, request.isShort ? 1 : undefined).map(({ text }) => {
		const href = text.trim();
		const place = placeOf(request.nas, request.service, request.user, splitTarget(href).path);
		return place.kind === 'member' && place.member
			? responseOf({ ...subjectOf(request, place.folder, place.name), href }, child(xml, DAV, 'prop'))
			: missing(href);
	});
}

/** A path with nothing at it. */
export const missing = (href: string): Node =>
	node(DAV, 'response', [node(DAV, 'href', href), node(DAV, 'status', 'HTTP/1.1 404 Not Found')]);

/** An empty token asks for everything; an unknown one is refused, so that the client starts anew (contacts.md 8.2). */
function sync(request: DavRequest, folder: DavFolder, xml: Element): DavReply {
	const given = child(xml, DAV, 'sync-token')?.text.trim() ?? '';
	const names = given === '' ? folder.members().map(({ name }) => name) : folder.history.since(given);
	if (!names) {
		const status = request.service.oldTokenStatus?.(request.nas) ?? 403;
		return { status, body: document(DAV, 'error', [node(DAV, 'valid-sync-token')]) };
	}
	const prop = child(xml, DAV, 'prop');
	const responses = names.map((name) =>
		folder.member(name)
			? responseOf(subjectOf(request, folder, name), prop)
			: missing(hrefOf(request.service, request.user, folder, name)),
	);
	return multistatus([node(DAV, 'sync-token', folder.history.token()), ...responses]);
}

/** A member as the subject of properties. */
export function subjectOf({ service, user }: DavRequest, folder: DavFolder, name?: string): Subject {
	const member = name === undefined ? undefined : folder.member(name);
	return { service, user, folder, href: hrefOf(service, user, folder, name), ...(member && { member }) };
}
