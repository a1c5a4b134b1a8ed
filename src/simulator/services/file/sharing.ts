import type { ApiReply, ApiRequest, BehaviourTable } from '../../core/behaviour';
import { FileRefusal } from '../../core/volume';
import { parseValue } from '../../core/json';
import type { Nas } from '../../core/nas';
import { baseName, codeOf, type FileCall, guarded, numberOf, page, sorted, textList } from './call';
import { answerWith } from './download';
import { picture } from './picture';
import { filesOf } from './state';
import type { Link } from './types';

export const sharingBehaviours: BehaviourTable = {
	'SYNO.FileStation.Sharing.create': guarded(create),
	'SYNO.FileStation.Sharing.list': guarded(list),
	'SYNO.FileStation.Sharing.list_share_me': guarded(listShareMe),
	'SYNO.FileStation.Sharing.getinfo': guarded(getInfo),
	'SYNO.FileStation.Sharing.edit': guarded(edit),
	'SYNO.FileStation.Sharing.delete': guarded(remove),
	'SYNO.FileStation.Sharing.clear_invalid': guarded(clearInvalid),
	'SYNO.FileStation.Sharing.Download.download': ({ nas, params }) =>
		visit(nas, String(params.id), String(params.password ?? '')),
};

const NO_LINK = 2000;
const TOO_MANY = 2001;
const MOST_LINKS = 1000;
const LONGEST_PASSWORD = 16;
const DATE = /^(0|\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?)?$/;

/** A bare text is ignored with success: only a JSON text counts (filestation.md 1). */
function option({ raw, params, batched }: FileCall, key: string): string | undefined {
	const value = batched ? params[key] : raw[key] === undefined ? undefined : parseValue(raw[key]);
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && (batched || raw[key]?.startsWith('"')) ? value : undefined;
}

/** The options of a link that a call sets. Throws 400 for what they cannot be. */
function options(call: FileCall): Partial<Link> {
	const texts = ['password', 'date_expired', 'date_available', 'request_name', 'request_info'] as const;
	const given = texts.map((key) => [key, option(call, key)] as const).filter(([, value]) => value !== undefined);
	const set = Object.fromEntries(given) as Partial<Link>;
	const dates = [set.date_expired, set.date_available].every((date) => date === undefined || DATE.test(date));
	if (!dates || (set.password ?? '').length > LONGEST_PASSWORD) throw new FileRefusal(400);
	const times = numberOf(call.params.expire_times);
	const request = call.params.file_request === true || call.params.file_request === 'true';
	return { ...set, ...(times !== undefined && { expire_times: times }), ...(request && { enable_upload: true }) };
}

function create(call: FileCall): ApiReply {
	const { params, state, user, nas } = call;
	const paths = textList(params.path);
	if (paths.length === 0) return { error: 400 };
	if (ownLinks(call).length + paths.length > MOST_LINKS) return { error: TOO_MANY };
	const set = options(call);
	const links = paths.map((path) => {
		const code = codeOf(() => state.get(user, path));
		if (code !== undefined) return { error: code, path };
		const link = {
			...newLink(
				Buffer.from(state.tasks.hex(), 'hex').toString('base64url').slice(0, 9),
				user.name,
				path,
				nas.clock.now(),
			),
			...set,
		};
		state.links.set(link.id, link);
		return {
			...(!nas.shows('sharing.createErrorField') && { error: 0 }),
			id: link.id,
			path,
			qrcode: picture(16).toString('base64'),
			url: urlOf(call, link),
		};
	});
	const has_folder = paths.some((path) => state.find(user, path)?.kind === 'folder');
	return { data: { has_folder, links } };
}

export const newLink = (id: string, owner: string, path: string, at: number): Link => ({
	id,
	owner,
	path,
	password: '',
	date_expired: '0',
	date_available: '0',
	expire_times: 0,
	enable_upload: false,
	request_name: '',
	request_info: '',
	protect_users: [],
	at,
});

const ownLinks = ({ state, user }: FileCall): Link[] =>
	[...state.links.values()].filter(({ owner }) => owner === user.name);

const urlOf = ({ http }: ApiRequest, { id }: Link): string =>
	`${http.secure ? 'https' : 'http'}://${http.headers.host ?? 'nas.example.com'}/sharing/${id}`;

/** Dates of the NAS decide: before the first day a link is invalid, after the last one expired. */
function statusOf(nas: Nas, { path, owner, date_available, date_expired }: Link): string {
	const user = nas.user(owner);
	if (codeOf(() => filesOf(nas).get(user, path)) !== undefined) return 'broken';
	const now = new Date(nas.clock.now()).toISOString().replace('T', ' ').slice(0, 19);
	const isSet = (date: string) => date !== '' && date !== '0';
	if (isSet(date_available) && now < date_available) return 'invalid';
	return isSet(date_expired) && now.slice(0, date_expired.length) > date_expired ? 'expired' : 'valid';
}

function rowOf(call: FileCall, link: Link): Record<string, unknown> {
	const { nas, version } = call;
	const entry =
		codeOf(() => call.state.get(nas.user(link.owner), link.path)) === undefined
			? call.state.find(nas.user(link.owner), link.path)
			: undefined;
	const first = {
		date_available: link.date_available,
		date_expired: link.date_expired,
		has_password: link.password !== '',
		id: link.id,
		isFolder: entry?.kind === 'folder',
		link_owner: link.owner,
		name: baseName(link.path),
		path: link.path,
		status: statusOf(nas, link),
		url: urlOf(call, link),
	};
	if (version < 3) return first;
	const { enable_upload, expire_times, request_name, request_info, protect_users } = link;
	const protect_type = protect_users.length > 0 ? 'user' : link.password === '' ? 'none' : 'password';
	const more = { enable_upload, expire_times, limit_size: 0, request_name, request_info };
	return {
		...first,
		...more,
		project_name: 'SYNO.SDS.App.FileStation3.Instance',
		protect_type,
		protect_users,
		protect_groups: [],
		uid: nas.user(link.owner).uid,
	};
}

function listed(call: FileCall, links: Link[]): ApiReply {
	const all = sorted(
		links.map((link) => rowOf(call, link)),
		call.params,
		'id',
	);
	const { offset, rows } = page(all, call.params);
	return { data: { links: rows, offset, total: all.length } };
}

function list(call: FileCall): ApiReply {
	return listed(call, ownLinks(call));
}

function listShareMe(call: FileCall): ApiReply {
	const shared = [...call.state.links.values()].filter(({ protect_users }) => protect_users.includes(call.user.name));
	return listed(call, shared);
}

/** The own links of these ids; undefined when one is not there. */
function named(call: FileCall): Link[] | undefined {
	const own = ownLinks(call);
	const found = textList(call.params.id).map((id) => own.find((link) => link.id === id));
	return found.length === 0 || found.includes(undefined) ? undefined : (found as Link[]);
}

function getInfo(call: FileCall): ApiReply {
	const [link] = named(call) ?? [];
	return link ? { data: rowOf(call, link) } : { error: NO_LINK };
}

function edit(call: FileCall): ApiReply {
	const links = named(call);
	if (!links) return { error: NO_LINK };
	const set = options(call);
	for (const link of links) Object.assign(link, set);
	return {};
}

function remove(call: FileCall): ApiReply {
	const links = named(call);
	if (!links) return { error: NO_LINK };
	for (const { id } of links) call.state.links.delete(id);
	return {};
}

/** Expired and broken ones go. */
function clearInvalid(call: FileCall): ApiReply {
	for (const link of ownLinks(call))
		if (['expired', 'broken'].includes(statusOf(call.nas, link))) call.state.links.delete(link.id);
	return {};
}

/** What a visitor of a link gets: the file, a zip of the folder, or a page that says why not. The real page is a program of its own. */
export function visit(nas: Nas, id: string, password = ''): ApiReply {
	const state = filesOf(nas);
	state.catchUp();
	const link = state.links.get(id);
	if (!link || statusOf(nas, link) !== 'valid')
		return { html: '<html><body>The link is not valid.</body></html>', status: 404 };
	if (link.password !== password) return { html: '<html><body>Password</body></html>', status: 403 };
	if (link.expire_times > 0 && --link.expire_times === 0) link.date_expired = '1970-01-01';
	return answerWith([state.get(nas.user(link.owner), link.path)], baseName(link.path), false, state.switches.ranges);
}
