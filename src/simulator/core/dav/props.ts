import type { User } from '../nas';
import { hrefOf } from './places';
import type { DavFolder, DavMember, DavService } from './types';
import { APPLE, CALDAV, CALENDARSERVER, CARDDAV, DAV, child, clark, node, type Element, type Node } from './xml';

/** What properties are asked of. */
export interface Subject {
	service: DavService;
	user: User;
	href: string;
	folder?: DavFolder;
	member?: DavMember;
	/** The root above the homes. */
	isRoot?: boolean;
}

type Value = (subject: Subject) => string | Node[] | undefined;

const d = (name: string, content: string | Node[] = []): Node => node(DAV, name, content);
const home: Value = ({ service, user }) => [d('href', hrefOf(service, user))];
const ifFolder =
	(value: (folder: DavFolder, subject: Subject) => string | Node[] | undefined): Value =>
	(subject) =>
		subject.folder && !subject.member ? value(subject.folder, subject) : undefined;
const extra = (ns: string, name: string): Value => ifFolder(({ props }) => props.get(`{${ns}}${name}`));

const REPORTS: Record<DavService['type'], Node[]> = {
	addressbook: [node(CARDDAV, 'addressbook-multiget'), node(CARDDAV, 'addressbook-query')],
	calendar: [node(CALDAV, 'calendar-multiget'), node(CALDAV, 'calendar-query')],
};
const WRITE = ['write', 'write-properties', 'write-content', 'bind', 'unbind'];

/** Live properties by `{namespace}name`. */
const LIVE: Record<string, Value> = {
	[`{${DAV}}resourcetype`]: ({ folder, member, service, isRoot }) => {
		if (member) return [];
		if (!folder) return [d('collection'), ...(isRoot ? [] : [d('principal')])];
		return [d('collection'), node(service.type === 'addressbook' ? CARDDAV : CALDAV, service.type)];
	},
	[`{${DAV}}displayname`]: ({ folder, member, user, isRoot }) =>
		member || isRoot ? undefined : folder ? folder.displayName : user.nickname || user.name,
	[`{${DAV}}getetag`]: ({ folder, member }) => member?.etag ?? folder?.history.ctag,
	[`{${DAV}}getcontenttype`]: ({ member, folder, service }) => ((member ?? folder) ? service.contentType : undefined),
	[`{${DAV}}getcontentlength`]: ({ member }) => (member ? String(Buffer.byteLength(member.data)) : undefined),
	[`{${DAV}}getlastmodified`]: ({ member }) => (member ? new Date(member.modifiedAt).toUTCString() : undefined),
	[`{${DAV}}current-user-principal`]: home,
	[`{${DAV}}principal-URL`]: ({ folder, member, isRoot, ...rest }) =>
		folder || member || isRoot ? undefined : home(rest),
	[`{${DAV}}owner`]: ({ isRoot, ...rest }) => (isRoot ? undefined : home(rest)),
	[`{${DAV}}current-user-privilege-set`]: ({ folder }) =>
		['read', ...(!folder || folder.writable ? WRITE : [])].map((name) => d('privilege', [d(name)])),
	[`{${DAV}}supported-report-set`]: ({ folder, service }) =>
		[d('sync-collection'), ...REPORTS[service.type], ...(folder ? [] : [d('expand-property')])].map((report) =>
			d('supported-report', [d('report', [report])]),
		),
	[`{${DAV}}sync-token`]: ifFolder(({ history }) => history.token()),
	[`{${CALENDARSERVER}}getctag`]: ifFolder(({ history }) => history.ctag),
	[`{${CARDDAV}}addressbook-home-set`]: ({ service, ...rest }) =>
		service.type === 'addressbook' ? home({ service, ...rest }) : undefined,
	[`{${CALDAV}}calendar-home-set`]: ({ service, ...rest }) =>
		service.type === 'calendar' ? home({ service, ...rest }) : undefined,
	[`{${CARDDAV}}supported-address-data`]: ifFolder((_, { service }) =>
		service.type === 'addressbook'
			? [node(CARDDAV, 'address-data-type', [], { 'content-type': 'text/vcard', version: '3.0' })]
			: undefined,
	),
	[`{${CALDAV}}supported-calendar-component-set`]: ifFolder(({ components }) =>
		components?.map((name) => node(CALDAV, 'comp', [], { name })),
	),
	[`{${CARDDAV}}addressbook-description`]: extra(CARDDAV, 'addressbook-description'),
	[`{${CALDAV}}calendar-description`]: extra(CALDAV, 'calendar-description'),
	[`{${CALDAV}}calendar-timezone`]: extra(CALDAV, 'calendar-timezone'),
	[`{${APPLE}}calendar-color`]: extra(APPLE, 'calendar-color'),
	[`{${APPLE}}calendar-order`]: extra(APPLE, 'calendar-order'),
};

/** Data is given only when asked for by name. */
const DATA: Record<string, Value> = {
	[`{${CARDDAV}}address-data`]: ({ member, service }) => (service.type === 'addressbook' ? member?.data : undefined),
	[`{${CALDAV}}calendar-data`]: ({ member, service }) => (service.type === 'calendar' ? member?.data : undefined),
};

export const isLive = (name: string): boolean => Object.hasOwn(LIVE, name) || Object.hasOwn(DATA, name);

const valueOf = (name: string, subject: Subject): string | Node[] | undefined =>
	(Object.hasOwn(LIVE, name) ? LIVE[name] : Object.hasOwn(DATA, name) ? DATA[name] : undefined)?.(subject) ??
	(subject.member ? undefined : subject.folder?.props.get(name));

const named = (name: string): Pick<Element, 'ns' | 'name'> => {
	const end = name.lastIndexOf('}');
	return { ns: name.slice(1, end), name: name.slice(end + 1) };
};

/** One `response`: what is asked for, found with 200 and the rest with 404. `asked` absent or `allprop`: everything. */
export function responseOf(subject: Subject, asked: Element | undefined): Node {
	const onlyNames = child(asked, DAV, 'propname') !== undefined;
	const prop = asked?.name === 'prop' ? asked : child(asked, DAV, 'prop');
	const all = [...Object.keys(LIVE), ...(subject.folder?.props.keys() ?? [])];
	const names = prop ? prop.children.map(clark) : all;
	const found: Node[] = [];
	const missing: Node[] = [];
	for (const full of new Set(names)) {
		const { ns, name } = named(full);
		const value = valueOf(full, subject);
		if (value !== undefined) found.push(node(ns, name, onlyNames ? [] : value));
		else if (prop) missing.push(node(ns, name));
	}
	return d('response', [
		d('href', subject.href),
		...(found.length > 0 || missing.length === 0 ? [propstat(found, '200 OK')] : []),
		...(missing.length > 0 ? [propstat(missing, '404 Not Found')] : []),
	]);
}

/** Properties with one status. */
export const propstat = (props: Node[], status: string): Node =>
	d('propstat', [d('prop', props), d('status', `HTTP/1.1 ${status}`)]);
