import type { DavObject } from '../../../catalog/dav';
import type { FileAnswer, FileSource } from '../../../core/call';
import { streamOf } from '../../../platform';
import { z } from '../../../vendor/zod';
import { cardOf } from './contactRow';
import { textOfCard } from './vcard/lines';
import { toVersion4 } from './vcard/versions';

export const version = z
	.enum(['3.0', '4.0'])
	.default('3.0')
	.meta({ title: 'vCard Version', description: 'Version of the file: 3.0 is read by nearly every program' });

/** Cards as one file. What cannot be read goes out as it is. */
export function fileOf(objects: DavObject[], wanted: '3.0' | '4.0', name: string): FileAnswer {
	const texts = objects.map((object) => {
		const card = cardOf(object);
		return card && wanted === '4.0' ? textOfCard(toVersion4(card)) : object.data.replace(/\s*$/, '\r\n');
	});
	const bytes = Buffer.from(texts.join(''));
	return { name, type: 'text/vcard', size: bytes.length, stream: streamOf([bytes]) };
}

/** A whole file in memory: address books and pictures are small. */
export async function bytesOf({ open }: FileSource): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of await open()) chunks.push(chunk);
	return Buffer.concat(chunks);
}
