import { isDsmError } from '../../../core/errors';
import { readMultistatus } from '../../../core/multistatus';
import type { Decoder } from '../decoder';

const OPEN = '<d:multistatus xmlns:d="DAV:">';
const ROW = '<d:response><d:href>/a</d:href><d:status>HTTP/1.1 200 OK</d:status></d:response>';

/** The body of a 207, which is large where the NAS holds much: reading it takes the time that its elements need. */
export const decoder: Decoder = {
	title: 'DAV: the XML of an answer',
	read: readMultistatus,
	means: isDsmError,
	frames: [
		['', ''],
		[OPEN, '</d:multistatus>'],
		[`${OPEN}<d:response><d:href>`, '</d:href></d:response></d:multistatus>'],
		[`${OPEN}<d:response `, '></d:response></d:multistatus>'],
		['<!DOCTYPE a [', ']><a/>'],
	],
	pieces: [
		ROW,
		'<d:response>',
		'</d:response>',
		'<a>',
		'<a/>',
		'</a>',
		'<a b="',
		'b="c" ',
		'<!--',
		'-->',
		'<![CDATA[',
		']]>',
		'<?',
		'<!',
		'&lt;',
		'&#65;',
		'<!ENTITY a "&a;">',
		'xmlns:a="b" ',
	],
};
