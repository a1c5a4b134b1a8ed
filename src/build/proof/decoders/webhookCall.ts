import { isDsmError } from '../../../core/errors';
import { fingerprintOf } from '../../../core/receive';
import { Receiver } from '../../../host/push';
import { chat } from '../../../services/chat';
import type { Decoder } from '../decoder';

const FINGERPRINT = fingerprintOf('a');
const PUSHES = Object.values(chat.pushes ?? {}).map((push) => ({ push, params: push.params.parse({ command: 'a' }) as object }));

/** A call to a push trigger whose token is right: all that a call can be about is read. The body is a text, or what a host has made of it. */
export const decoder: Decoder = {
	read: (text) =>
		PUSHES.map(({ push, params }) => {
			const receiver = new Receiver();
			return [
				receiver.receive(push, params, FINGERPRINT, {}, text),
				receiver.receive(push, params, FINGERPRINT, { token: 'a', text }, ''),
				receiver.receive(push, params, FINGERPRINT, {}, { token: 'a', payload: text }),
				receiver.receive(
					push,
					params,
					FINGERPRINT,
					{},
					{ token: 'a', text, timestamp: text, post_id: text, actions: text },
				),
			];
		}),
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
