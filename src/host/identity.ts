import { createHash } from 'node:crypto';
import { idOf, type AnyTrigger } from '../catalog/operation';
import { parseLocation } from '../core/url';

/** Which NAS and account: as entered in the connection. */
export interface Owner {
	url: string;
	account: string;
}

const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');
const short = (value: unknown): string => digest(value).slice(0, 16);

/** The same text for an address however it was typed: with a slash at the end, capitals, or without the port of DSM. */
function nasOf(url: string): string {
	try {
		const location = parseLocation(url);
		return location.kind === 'url' ? location.url : location.id.toLowerCase();
	} catch {
		return url.trim();
	}
}

/** Parameters that say what is watched; the others only say which events are told. */
const watched = ({ filters = [] }: AnyTrigger, params: object): object =>
	Object.fromEntries(Object.entries(params).filter(([name]) => !filters.includes(name)));

/**
 * What a place belongs to: the NAS with the account, and what is watched there. Two hashes, so that it can be told which of them
 * changed; no address or name can be read out of them.
 */
export const identityOf = (trigger: AnyTrigger, { url, account }: Owner, params: object): string =>
	`${short([nasOf(url), account.trim().toLowerCase()])}-${short([idOf(trigger), watched(trigger, params)])}`;

/** Whether both belong to the same account on the same NAS. */
export const sameOwner = (one: string, other: string): boolean => one.split('-')[0] === other.split('-')[0];

/**
 * What n8n nodes of version 1 wrote: the credential stood for the account, and parameters were taken as the form gave them, digits in
 * lists as text, too.
 */
export function formerlyInN8n(event: string, credential: string, form: Readonly<Record<string, unknown>>): string[] {
	const texts = Object.fromEntries(
		Object.entries(form).map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : value]),
	);
	return [form, texts].map((params) => short([event, credential, params]));
}

/** What Node-RED nodes of version 1 wrote. */
export const formerlyInNodeRed = (trigger: AnyTrigger, { url, account }: Owner, params: object): string[] => [
	digest([idOf(trigger), `${account} ${url}`, params]),
];
