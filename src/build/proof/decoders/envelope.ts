import { isDsmError } from '../../../core/errors';
import { notAnEnvelope, parseEnvelope } from '../../../core/envelope';
import type { Decoder } from '../decoder';

/** What a NAS, or whatever stands in its place, answers to an API call. */
export const decoder: Decoder = {
	title: 'Envelopes: answers of the Web API',
	read: (text) => parseEnvelope(text) ?? notAnEnvelope({ status: 200, headers: {} }, text),
	means: isDsmError,
	frames: [
		['', ''],
		['{"success":true,"data":', '}'],
		['{"success":true,"data":"', '"}'],
	],
	pieces: ['{"a":', '[', '[{', '"\\', '\\u0000', '"a",', '1e9', 'null,', '<html>'],
};
