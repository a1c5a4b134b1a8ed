import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiReply } from './behaviour';

/** What a real NAS answered otherwise than this one, from the report of a check. */
export interface Deviation {
	api: string;
	method: string;
	/** Names down to the field; `#` is every entry of a list. */
	at: string[];
	/** `gone`: the field is not there; `new`: it is, of this kind; `kind`: it is of this kind; `code`: the call answers this code. */
	what: 'gone' | 'new' | 'kind' | 'code';
	is: string;
}

type Data = Record<string, unknown>;

/** Makes the answers those of a NAS that was checked. */
export class Learned {
	readonly #deviations: Deviation[] = [];

	learn(deviations: readonly Deviation[]): void {
		this.#deviations.push(...deviations);
	}

	/** A reply as that NAS gives it. */
	about(call: { api: string; method: string }, reply: ApiReply): ApiReply {
		const own = this.#deviations.filter(({ api, method }) => api === call.api && method === call.method);
		if (own.length === 0 || !('data' in reply)) return reply;
		const refused = own.find(({ what }) => what === 'code');
		if (refused) return { error: Number(refused.is) };
		const data = structuredClone(reply.data);
		for (const one of own) change(data, one.at, one);
		return { ...reply, data };
	}
}

function change(place: unknown, [name, ...rest]: string[], deviation: Deviation): void {
	if (name === undefined || typeof place !== 'object' || place === null) return;
	if (name === '#') {
		for (const one of Array.isArray(place) ? (place as unknown[]) : []) change(one, rest, deviation);
		return;
	}
	const object = place as Data;
	if (rest.length > 0) change(object[name], rest, deviation);
	else if (deviation.what === 'new') object[name] ??= EMPTY[deviation.is] ?? null;
	else if (!Object.hasOwn(object, name)) return;
	else if (deviation.what === 'gone') delete object[name];
	else object[name] = as(deviation.is, object[name]);
}

const EMPTY: Record<string, unknown> = { text: '', number: 0, flag: false, list: [], object: {} };

/** A value in another kind: a number may be sent as text, a list as an object. */
function as(kind: string, value: unknown): unknown {
	if (kind === 'text') return typeof value === 'object' ? '' : String(value);
	if (kind === 'number') return Number(value) || 0;
	if (kind === 'flag') return value === 'true' || value === true || Number(value) > 0;
	return EMPTY[kind] ?? null;
}

/** What was learned of a NAS with this version of DSM. Throws when nothing was. */
export function learnedOf(dsm: string): Deviation[] {
	const file = ['../data/learned', '../../../../src/simulator/data/learned']
		.map((folder) => join(__dirname, folder, `${dsm}.json`))
		.find((path) => existsSync(path));
	if (!/^[\w.-]+$/.test(dsm) || file === undefined) throw new Error(`No report of DSM ${dsm} was learned from.`);
	return JSON.parse(readFileSync(file, 'utf8')) as Deviation[];
}
