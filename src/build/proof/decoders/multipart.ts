import { setImmediate } from 'node:timers/promises';
import { fileFromBytes, multipart } from '../../../core/multipart';
import type { Decoder } from '../decoder';

/** Names that a value of another may try to take the place of. */
const NAMES = ['api', 'name', 'file'];

/**
 * Values, names of parts and names of files in the body of an upload, read back by the reader of Node.js: as many parts as were put in, the
 * text in one of them, whatever boundary or line break it holds.
 */
export const decoder: Decoder = {
	title: 'Multipart: uploads, read back by Node.js',
	async read(text) {
		// A name stands in a header, of which no reader takes more than some kilobytes.
		const name = text.slice(0, 1000);
		const file = fileFromBytes(`${name}.txt`, Buffer.from(text), 'text/plain');
		const body = multipart({ api: 'SYNO.FileStation.Upload', name: text }, { file });
		const bytes: Buffer[] = [];
		for await (const chunk of body.open()) bytes.push(chunk as Buffer);
		const whole = Buffer.concat(bytes);
		if (whole.length !== body.length) throw new Error(`The body has ${whole.length} bytes instead of ${body.length}.`);
		// Reading it back is the time of Node.js.
		await setImmediate();
		// What is no UTF-16 becomes a replacement character on its way.
		const sent = Buffer.from(text).toString();
		const form = await new Response(whole, { headers: { 'content-type': body.contentType } }).formData();
		if (String([...form.keys()]) !== String(NAMES)) throw new Error(`The parts are ${String([...form.keys()])}.`);
		if (form.get('name') !== sent) throw new Error('The text is another one.');
		const found = form.get('file');
		if (!(found instanceof File) || found.size !== Buffer.byteLength(text)) throw new Error('The file is another one.');
	},
	means: () => false,
	frames: [
		['', ''],
		['"; filename="', '"'],
		['----synoflow\r\nContent-Disposition: form-data; name="api"\r\n\r\n', '\r\n----synoflow--\r\n'],
	],
	pieces: ['\r\n--', '--\r\n', '\r\n\r\n', '"; name="api', 'filename="', '%22', '\r', ';', 'Content-Type: a\r\n'],
};
