import { makeLine, unescapedAddress, type Card, type Line } from './lines';

/** The picture of a card: in it, or elsewhere. */
export interface Photo {
	type: string;
	data?: Buffer;
	url?: string;
}

/** The picture of a card; undefined: it has none. What lies elsewhere is named, and fetched by nobody here. */
export function photoOf({ lines }: Card): Photo | undefined {
	const line = lines.find(({ name, value }) => name === 'PHOTO' && value.trim() !== '');
	if (!line) return undefined;
	const inline = /^data:([^;,]+);base64,(.*)$/is.exec(line.value);
	if (inline) return { type: inline[1]!, data: Buffer.from(inline[2]!, 'base64') };
	const isData = /^(b|base64)$/i.test(line.params.ENCODING?.[0] ?? '');
	const kind = (line.params.TYPE?.[0] ?? 'jpeg').toLowerCase();
	return isData
		? { type: `image/${kind}`, data: Buffer.from(line.value, 'base64') }
		: { type: `image/${kind}`, url: unescapedAddress(line.value.trim()) };
}

/** The line of a picture, as vCard 3.0 has it. */
export function photoLine(photo: { type: string; data: Buffer } | { url: string }): Line {
	if ('url' in photo) return makeLine('PHOTO', photo.url, { VALUE: ['URI'] });
	const kind = photo.type.replace(/^image\//, '').toUpperCase();
	return makeLine('PHOTO', photo.data.toString('base64'), { ENCODING: ['b'], TYPE: [kind] });
}
