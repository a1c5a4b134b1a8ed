import { setImmediate } from 'node:timers/promises';
import { isDsmError } from '../../../core/errors';
import { fingerprintOf, type Fields } from '../../../core/receive';
import { Receiver } from '../../../host/push';
import { chat } from '../../../services/chat';
import type { Decoder } from '../decoder';

const FINGERPRINT = fingerprintOf('a');
const PUSHES = Object.values(chat.pushes ?? {}).map((push) => ({
	push,
	params: push.params.parse({ command: 'a' }) as object,
}));

/** Ways in which a text comes with a call: query and body. */
const callsWith = (text: string): (readonly [query: Fields, body: unknown])[] => [
	[{}, text],
	[{ token: 'a', text }, ''],
	[{}, { token: 'a', payload: text }],
	[{}, { token: 'a', text, timestamp: text, post_id: text, actions: text }],
];

/** Lets every push trigger of Chat take such calls, each by itself, as they come from the network. */
export async function takeAll(calls: readonly (readonly [query: Fields, body: unknown])[]): Promise<void> {
	for (const { push, params } of PUSHES) {
		const receiver = new Receiver();
		for (const [query, body] of calls) {
			await setImmediate();
			receiver.receive(push, params, FINGERPRINT, query, body);
		}
	}
}

/** A call to a push trigger whose token is right: all that a call can be about is read. The body is a text. */
export const decoder: Decoder = {
	title: 'Webhooks: calls whose token is right',
	read: async (text) => await takeAll(callsWith(text)),
	means: isDsmError,
	frames: [
		['', ''],
		['token=a&text=', '&timestamp=1'],
		['payload={"token":"a","text":"', '"}'],
		['payload={"token":"a","actions":[', ']}'],
		['{"token":"a","user":', '}'],
	],
	pieces: [
		'&',
		'text=',
		'timestamp=',
		'1e400',
		'-1',
		'{"type":"button","name":"a","value":"b"}',
		'{"a":',
		'[',
		'null,',
		'%FF',
		'+',
	],
};
