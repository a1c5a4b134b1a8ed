import type { Scene } from '../support/nas';

/** An address book of the simulated NAS. */
export const BOOK = '/carddav/alice/alice-contacts/';
export const card = (uid: string, name = 'Zed') =>
	['BEGIN:VCARD', 'VERSION:3.0', `UID:${uid}`, `FN:${name}`, `N:${name};;;;`, 'END:VCARD', ''].join('\r\n');
export const vcard = { type: 'text/vcard; charset=utf-8', what: 'The contact' };
export const davCalls = ({ simulator }: Scene) =>
	simulator.requests
		.filter(({ path }) => path.startsWith('/carddav') || path.startsWith('/.well'))
		.map(({ httpMethod, path }) => `${httpMethod} ${path}`);
