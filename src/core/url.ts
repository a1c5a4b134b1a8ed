import { DsmInputError } from './errors';

/**
 * Where a NAS is: an address, or a QuickConnect id to be resolved first. An address without a port means DSM's own port, and
 * `otherwise` the scheme's own, where a reverse proxy answers.
 */
export type Location = { kind: 'url'; url: string; otherwise?: string } | { kind: 'quickconnect'; id: string };

type Scheme = 'http:' | 'https:';
/** Ports of an address that names none: DSM's first, then the scheme's own. */
export type Ports = Record<Scheme, readonly [dsm: number, usual: number]>;
const PORTS: Ports = { 'https:': [5001, 443], 'http:': [5000, 80] };

const HINT = 'Enter the address of DSM as in the browser, e.g. https://nas.example.com:5001, or a QuickConnect ID.';

/** What may follow the base path in an address copied from a browser or from an API call. */
const TAIL = /\/(webapi|webman|index\.cgi)(\/.*)?$/i;

/**
 * Normalises what a user entered (core.md 16.1): https when no scheme is given, DSM's ports 5001 and 5000 when no port is given,
 * a trailing `/webapi…` stripped, a sub-path kept; no dot, colon or slash means a QuickConnect id.
 * The URL has no trailing slash. Throws DsmInputError.
 */
export function parseLocation(text: string, ports = PORTS): Location {
	const entered = text.trim();
	if (/^[a-z0-9-]+$/i.test(entered) && entered.toLowerCase() !== 'localhost')
		return { kind: 'quickconnect', id: entered };
	const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(entered) ? entered : `https://${entered}`;
	if (!URL.canParse(withScheme))
		throw new DsmInputError(`"${entered}" is not an address.`, { path: ['url'], hint: HINT });
	const url = new URL(withScheme);
	if (url.protocol !== 'https:' && url.protocol !== 'http:') {
		throw new DsmInputError(`DSM is reached by https or http, not by "${url.protocol.slice(0, -1)}".`, {
			path: ['url'],
			hint: HINT,
		});
	}
	if (url.username || url.password) {
		throw new DsmInputError('The address must not hold a user name or password.', {
			path: ['url'],
			hint: 'Enter account and password in their own fields.',
		});
	}
	const id = quickConnectId(url);
	if (id) return { kind: 'quickconnect', id };
	const path = url.pathname.replace(TAIL, '').replace(/\/+$/, '');
	const at = (port: string | number) => `${url.protocol}//${url.hostname}:${port}${path}`;
	const port = explicitPort(withScheme);
	if (port !== undefined) return { kind: 'url', url: at(port) };
	const [dsm, usual] = ports[url.protocol];
	return { kind: 'url', url: at(dsm), otherwise: at(usual) };
}

/** `new URL` forgets a port that is the scheme's own; here :443 and no port are different things. */
const explicitPort = (text: string): string | undefined => /^[a-z]+:\/\/[^/?#]*?:(\d+)(?=[/?#]|$)/i.exec(text)?.[1];

/** `https://quickconnect.to/ID` and `https://ID.quickconnect.to` name an id; `*.direct.quickconnect.to` is a plain address. */
function quickConnectId(url: URL): string | undefined {
	if (url.hostname === 'quickconnect.to' || url.hostname === 'www.quickconnect.to') {
		return url.pathname.split('/').find((part) => part !== '');
	}
	return /^([a-z0-9-]+)\.(?:[a-z]{2}\d*\.)?quickconnect\.to$/i.exec(url.hostname)?.[1];
}
