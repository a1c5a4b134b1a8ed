import { methodsAt, type Api } from './apis';
import type { Nas } from './nas';

/** What a call to an unknown API, method or version probably meant. */
export function nearest(nas: Nas, code: number, api: string, method: string, version: number): string {
	const known = nas.api(api);
	if (code === 102 || !known) return known ? `${api} at ${known.path}` : closest(api, servedNames(nas));
	if (code === 104) return `${api} ${known.minVersion}-${known.maxVersion}`;
	return nearestMethod(known, method, version);
}

function nearestMethod(api: Api, method: string, version: number): string {
	for (const [other, methods] of api.methods ?? []) {
		if (methods.has(method)) return `${api.name}.${method} at version ${other}`;
	}
	return `${api.name}.${closest(method, [...(methodsAt(api, version) ?? [])])}`;
}

function servedNames(nas: Nas): string[] {
	return [...nas.apis.keys()].filter((name) => nas.api(name));
}

/** Longer names are nobody's typing error, and comparing them takes time that grows with their length. */
const LONGEST_NAME = 80;

function closest(name: string, candidates: string[]): string {
	if (name.length > LONGEST_NAME) return '';
	let best = '';
	let least = Number.POSITIVE_INFINITY;
	for (const candidate of candidates) {
		const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
		if (distance < least) [best, least] = [candidate, distance];
	}
	return best;
}

function editDistance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i += 1) {
		const next = [i];
		for (let j = 1; j <= b.length; j += 1) {
			const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
		}
		row = next;
	}
	return row[b.length] ?? 0;
}
