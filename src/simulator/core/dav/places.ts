import type { Nas, User } from '../nas';
import { services } from '../../services';
import type { DavFolder, DavMember, DavService } from './types';

/** What a path names, for one user. */
export type Place =
	| { kind: 'root' }
	/** The folder of one user's collections, which is his principal, too. */
	| { kind: 'home' }
	| { kind: 'folder'; folder: DavFolder }
	| { kind: 'member'; folder: DavFolder; name: string; member: DavMember | undefined }
	/** Home of the login name, where the account has another name here. */
	| { kind: 'elsewhere' }
	/** A collection that is not there. */
	| { kind: 'free'; uri: string }
	| { kind: 'foreign' }
	| { kind: 'nowhere' };

/** The service whose paths these are, while its package runs. */
export function serviceAt(nas: Nas, path: string): { service: DavService; wellKnown: boolean } | undefined {
	const match = /^\/(\.well-known\/)?(carddav|caldav)(?:\/|$)/.exec(path);
	const service = services.flatMap(({ dav }) => dav ?? []).find(({ root }) => root === match?.[2]);
	if (!service || !nas.api(service.api) || service.isOff(nas)) return undefined;
	return { service, wellKnown: match?.[1] !== undefined };
}

export function placeOf(nas: Nas, service: DavService, user: User, path: string): Place {
	const parts = path
		.split('/')
		.filter((part) => part !== '')
		.map(clear)
		.slice(1);
	const [owner, uri, name, ...rest] = parts;
	if (parts.includes(undefined) || rest.length > 0) return { kind: 'nowhere' };
	if (owner === undefined) return { kind: 'root' };
	if (owner === user.name && user.davName !== undefined) return { kind: 'elsewhere' };
	if (owner !== davNameOf(user)) return { kind: 'foreign' };
	if (uri === undefined) return { kind: 'home' };
	const folder = service.folders(nas, user).find((one) => one.uri === uri);
	if (!folder) return name === undefined ? { kind: 'free', uri } : { kind: 'nowhere' };
	return name === undefined
		? { kind: 'folder', folder }
		: { kind: 'member', folder, name, member: folder.member(name) };
}

const davNameOf = ({ davName, name }: User): string => davName ?? name;

function clear(part: string): string | undefined {
	try {
		return decodeURIComponent(part);
	} catch {
		return undefined;
	}
}

/** Path of a user's home, a folder or a member. */
export function hrefOf({ root }: DavService, user: User, folder?: DavFolder, name?: string): string {
	const parts = [root, davNameOf(user), ...(folder ? [folder.uri] : [])].map(encodeURIComponent);
	return `/${parts.join('/')}/${name === undefined ? '' : encodeURIComponent(name)}`;
}
