import { parse } from 'node:querystring';
import { isDsmError } from '../../../core/errors';
import { LARGEST_CALL } from '../../../core/receive';
import type { Decoder } from '../decoder';
import { takeAll } from './webhookCall';

/** What n8n makes of a body before a node has it: JSON of any shape, and a form, whose names may come several times. */
function bodiesOf(whole: string): unknown[] {
	// A larger one is refused by its length.
	const text = whole.length > LARGEST_CALL ? whole.slice(0, LARGEST_CALL / 2) + whole.slice(-LARGEST_CALL / 2) : whole;
	const form = parse(text);
	try {
		return [form, JSON.parse(text)];
	} catch {
		// n8n refuses it.
		return [form];
	}
}

/** A call to a push trigger whose body the host has parsed. */
export const decoder: Decoder = {
	title: 'Webhooks: calls whose body the host has parsed',
	make: bodiesOf,
	async read(_, made) {
		const bodies = made as unknown[];
		await takeAll([
			...bodies.map((body) => [{}, body] as const),
			...bodies.map((body) => [{ token: 'a' }, body] as const),
			...bodies.map((payload) => [{}, { token: 'a', payload }] as const),
		]);
	},
	means: isDsmError,
	frames: [
		['', ''],
		['token=a&', '&text=b'],
		['{"token":"a","text":', '}'],
		['{"token":"a","payload":{"actions":[', ']}}'],
		['{"token":"a","user":[', ']}'],
	],
	pieces: [
		'token=a&',
		'text=b&',
		'payload=',
		'__proto__=a&',
		'"__proto__":{"token":"a"},',
		'{"a":',
		'[',
		'[],',
		'{},',
		'1,',
		'null,',
		'{"type":"button","name":"a","value":"b"},',
		'%FF',
	],
};
