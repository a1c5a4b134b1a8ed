import { DsmProtocolError } from './errors';

/** Bytes that are kept of the beginning and of the end of a file, to judge it by. A ZIP may have a comment behind its end. */
export const FIRST = 64;
export const LAST = 1 << 16;

interface Kind {
	/** What it begins with. */
	begins: RegExp;
	/** What stands near its end, or at it. */
	ends: RegExp | string;
	/** For the error: "the archive has no end". */
	what: string;
}

/** Files whose end can be told by what they are (as Latin-1). Documents of Office and exports of notes are archives. */
const KINDS: readonly Kind[] = [
	{ begins: /^PK\x03\x04/, ends: 'PK\x05\x06', what: 'the archive has no end' },
	{ begins: /^\x89PNG\r\n/, ends: 'IEND', what: 'the picture has no end' },
	{ begins: /^\xff\xd8\xff/, ends: '\xff\xd9', what: 'the picture has no end' },
	{ begins: /^GIF8/, ends: /;\0*$/, what: 'the picture has no end' },
	{ begins: /^(\xef\xbb\xbf)?BEGIN:VCALENDAR\b/i, ends: /END:VCALENDAR\s*$/i, what: 'END:VCALENDAR is missing' },
	{ begins: /^(\xef\xbb\xbf)?BEGIN:VCARD\b/i, ends: /END:VCARD\s*$/i, what: 'END:VCARD is missing' },
	{ begins: /^d\d+:/, ends: /e\s*$/, what: 'the torrent has no end' },
];

/** What has come of a file when it ended. */
export interface Came {
	received: number;
	first: Buffer;
	last: Buffer;
}

/**
 * Throws when a file is not whole: it has other bytes than what the service says of it, or it lacks the end that its kind has. Where the
 * size is known, that alone counts: what lies on the NAS need not be as its kind should be.
 */
export function refuseCut({ received, first, last }: Came, wanted: number | undefined): void {
	if (wanted !== undefined) {
		if (wanted !== received) throw incomplete(`${received} bytes of the ${wanted} that the file has came`);
		return;
	}
	const head = first.toString('latin1');
	const kind = KINDS.find(({ begins }) => begins.test(head));
	if (!kind) return;
	const tail = last.toString('latin1');
	const hasEnd = typeof kind.ends === 'string' ? tail.includes(kind.ends) : kind.ends.test(tail);
	if (!hasEnd) throw incomplete(kind.what);
}

const incomplete = (reason: string): DsmProtocolError =>
	new DsmProtocolError(`The file did not come whole: ${reason}.`, {
		hint: 'A proxy in between may cut long answers short, or the file changed meanwhile. Download it again.',
	});
