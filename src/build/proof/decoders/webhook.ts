import { bearsToken, fingerprintOf, readFields } from '../../../core/receive';
import type { Decoder } from '../decoder';

const FINGERPRINT = fingerprintOf('a');

/** A call that the NAS, or anybody, makes to a push trigger. */
export const decoder: Decoder = {
	title: 'Webhooks: calls whose token is wrong',
	read: (text) => [
		bearsToken(readFields({}, text), FINGERPRINT),
		bearsToken(readFields({}, { payload: text }), FINGERPRINT),
	],
	means: () => false,
	frames: [
		['', ''],
		['payload={"token":"', '"}'],
		['{"payload":', '}'],
		['token=', '&a=b'],
	],
	pieces: ['&', '&a=b', 'a=', '%7B', '{"a":', '[', '"token":"a",', '+'],
};
