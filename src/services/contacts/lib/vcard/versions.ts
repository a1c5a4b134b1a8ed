import { escaped, lineOf, makeLine, partsOf, unescaped, type Card, type Line } from './lines';

/** Names of the group properties: 4.0 has its own, 3.0 those of Apple, which Contacts-like servers know. */
const GROUPS: readonly (readonly [v4: string, v3: string])[] = [
	['KIND', 'X-ADDRESSBOOKSERVER-KIND'],
	['MEMBER', 'X-ADDRESSBOOKSERVER-MEMBER'],
	['ANNIVERSARY', 'X-ANNIVERSARY'],
];

export const versionOf = ({ lines }: Card): string =>
	lines.find(({ name }) => name === 'VERSION')?.value.trim() ?? '3.0';

/** The card in version 3.0, which CardDAV servers store (contacts.md 8.2). Properties it does not know stay as they are. */
export function toVersion3(card: Card): Card {
	const version = versionOf(card);
	const lines = card.lines.map((line) =>
		version === '2.1' ? from21(line) : decoded(version === '4.0' ? from4(line) : line),
	);
	return complete({ ...card, lines: [makeLine('VERSION', '3.0'), ...lines.filter(({ name }) => name !== 'VERSION')] });
}

/** FN and N are required; each is made of what there is. */
function complete(card: Card): Card {
	const { lines } = card;
	const value = (name: string) => lines.find((line) => line.name === name)?.value.trim() ?? '';
	const parts = partsOf(value('N'));
	const spoken = [parts[3], parts[1], parts[2], parts[0], parts[4]].filter((part) => part).join(' ');
	const other = [unescaped(value('ORG').split(';')[0]!), unescaped(value('NICKNAME')), unescaped(value('EMAIL'))];
	const fn = value('FN') !== '' ? undefined : [spoken, ...other].find((text) => text !== '');
	const rest = fn === undefined ? lines : lines.filter(({ name }) => name !== 'FN');
	const named = fn === undefined ? rest : insert(rest, makeLine('FN', escaped(fn)));
	const family = escaped(unescaped(value('FN')) || (fn ?? ''));
	return { ...card, lines: value('N') !== '' || family === '' ? named : insert(named, makeLine('N', `${family};;;;`)) };
}

const insert = (lines: Line[], line: Line): Line[] => [lines[0]!, line, ...lines.slice(1)];

/** Properties that hold a picture, a sound or a key, or say where it lies: 4.0 takes a value for an address, 3.0 for data. */
const MEDIA: Readonly<Record<string, string>> = { PHOTO: 'image', LOGO: 'image', SOUND: 'audio', KEY: 'application' };

/** Forms of pictures, sounds and keys among the types of a line: others say whose they are. */
const FORMS = /^(?:jpe?g|png|gif|webp|bmp|tiff?|svg(?:\+xml)?|basic|wave?|ogg|mpeg|mp3|aac|pgp(?:-keys)?|x509)$/i;

const STRUCTURED = new Set(['N', 'ADR', 'ORG', 'CATEGORIES', 'NICKNAME']);
const isBinary = ({ params }: Line): boolean => /^(b|base64)$/i.test(params.ENCODING?.[0] ?? '');

/** Bare parameters get their names, quoted-printable becomes plain text. */
function from21(line: Line): Line {
	const { name, group, params, value } = line;
	const { ENCODING: encoding = [], CHARSET: charset = [], TYPE: types = [], ...rest } = params;
	const kept: Record<string, string[]> = {
		...rest,
		...(types.length > 0 && { TYPE: types.map((type) => type.toUpperCase()) }),
	};
	if (isBinary(line)) return makeLine(name, value.replace(/\s+/g, ''), { ENCODING: ['b'], ...kept }, group);
	const isQuoted = /^quoted-printable$/i.test(encoding[0] ?? '');
	const plain = isQuoted ? decodeQuotedPrintable(value, charset[0]) : value;
	if (kept.VALUE && MEDIA[name]) kept.VALUE = kept.VALUE.map((one) => one.replace(/^url$/i, 'URI'));
	return makeLine(name, plainText(name, plain), kept, group);
}

/** Quoted-printable belongs to 2.1, but some programs write it into later versions, with the escapes of those. */
function decoded(line: Line): Line {
	const { ENCODING: encoding = [], CHARSET: charset = [], ...params } = line.params;
	if (!/^quoted-printable$/i.test(encoding[0] ?? '')) return line;
	const text = decodeQuotedPrintable(line.value, charset[0]).replace(/\r\n|\r|\n/g, '\\n');
	return makeLine(line.name, text, params, line.group);
}

/** In 2.1 a comma is nothing special, and only semicolons are escaped. Addresses of the web stay as they are. */
function plainText(name: string, value: string): string {
	if (/^(URL|PHOTO|LOGO|SOUND|KEY|REV|BDAY|UID)$/.test(name)) return value;
	const commas = name === 'CATEGORIES' ? value : value.replace(/(?<!\\),/g, '\\,');
	const structured = STRUCTURED.has(name) ? commas : commas.replace(/(?<!\\);/g, '\\;');
	return structured.replace(/\r\n|\r|\n/g, '\\n');
}

/** Bytes by their charset; UTF-8 where it is none that is known. */
function decodeQuotedPrintable(text: string, charset = 'utf-8'): string {
	const bytes = Buffer.from(
		text.replace(/=\r?\n/g, '').replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
		/[^\0-\xFF]/.test(text) ? 'utf8' : 'latin1',
	);
	try {
		return new TextDecoder(charset).decode(bytes);
	} catch {
		return bytes.toString('utf8');
	}
}

function from4(line: Line): Line {
	const { name, group, params, value } = line;
	const { PREF: pref = [], TYPE: types = [], VALUE: kind = [], MEDIATYPE: media = [], ...rest } = params;
	const renamed = GROUPS.find(([v4]) => v4 === name)?.[1] ?? name;
	const all = [...types.map((type) => type.toUpperCase()), ...(pref[0] === '1' ? ['PREF'] : [])];
	const kept = { ...rest, ...(all.length > 0 && { TYPE: all }) };
	const data = /^data:(?:[\w-]+\/)?([\w.+-]+);base64,(.+)$/is.exec(value);
	if (data) return makeLine(renamed, data[2]!, { ENCODING: ['b'], ...kept, TYPE: [data[1]!.toUpperCase()] }, group);
	if (MEDIA[name] && !/^text$/i.test(kind[0] ?? '')) {
		const form = media[0]?.split('/').at(-1)?.toUpperCase();
		const kinds = form === undefined ? all : [form, ...all];
		return makeLine(name, value, { VALUE: ['URI'], ...kept, ...(kinds.length > 0 && { TYPE: kinds }) }, group);
	}
	const isUri = /^uri$/i.test(kind[0] ?? '');
	if (name === 'TEL' && isUri) return makeLine(name, decodeURI(value.replace(/^tel:/i, '')), kept, group);
	const keptKind: Record<string, string[]> =
		kind.length > 0 && !(isUri && /^(URL|UID)$/.test(name)) ? { VALUE: kind } : {};
	return Object.keys(params).length === 0 && renamed === name
		? line
		: makeLine(renamed, value, { ...keptKind, ...kept }, group);
}

/** The card in version 4.0, for programs that want it. */
export function toVersion4(card: Card): Card {
	const lines = toVersion3(card)
		.lines.filter(({ name }) => name !== 'VERSION')
		.map(to4);
	return { ...card, lines: [makeLine('VERSION', '4.0'), ...lines] };
}

function to4(line: Line): Line {
	const { name, group, params, value } = line;
	const { TYPE: types = [], ENCODING: _encoding, 'X-APPLE-OMIT-YEAR': omitted, ...rest } = params;
	const renamed = GROUPS.find(([, v3]) => v3 === name)?.[0] ?? name;
	const family = MEDIA[name] ?? 'image';
	if (isBinary(line))
		return makeLine(name, `data:${family}/${(types[0] ?? 'jpeg').toLowerCase()};base64,${value}`, rest, group);
	if (MEDIA[name] && /^uri$/i.test(params.VALUE?.[0] ?? '')) {
		const { VALUE: _value, ...plain } = params;
		const form = types.find((type) => FORMS.test(type));
		const media: Record<string, string[]> = form ? { MEDIATYPE: [`${family}/${form.toLowerCase()}`] } : {};
		const rest4 = to4(makeLine(name, value, { ...plain, TYPE: types.filter((type) => type !== form) }, group));
		return makeLine(name, value, { ...rest4.params, ...media }, group);
	}
	const others = types.map((type) => type.toLowerCase()).filter((type) => type !== 'pref' && type !== 'internet');
	const isPreferred = types.some((type) => /^pref$/i.test(type));
	const kept = { ...rest, ...(others.length > 0 && { TYPE: others }), ...(isPreferred && { PREF: ['1'] }) };
	const date = /^(BDAY|ANNIVERSARY)$/.test(renamed)
		? value.replace(/^(\d{4})-(\d\d)-(\d\d)/, omitted ? '--$2$3' : '$1$2$3')
		: value;
	return makeLine(renamed, date, kept, group);
}

/** What makes a card unusable; undefined: nothing. */
export function faultOf(card: Card): { line: number; reason: string } | undefined {
	const version = versionOf(card);
	if (!['2.1', '3.0', '4.0'].includes(version)) {
		const at = card.lines.find(({ name }) => name === 'VERSION')?.at ?? card.at;
		return { line: at, reason: `has a version that is unknown: ${version}` };
	}
	const picture = card.lines.find((line) => isBinary(line) && !/^[A-Za-z0-9+/=\s]*$/.test(line.value));
	if (picture) return { line: picture.at, reason: `holds data that is not base64 (${picture.name})` };
	const isNamed = toVersion3(card).lines.some(({ name, value }) => name === 'FN' && value.trim() !== '');
	return isNamed ? undefined : { line: card.at, reason: 'begins a card without any name' };
}

/** A copy of a line with another value. */
export const withValue = (line: Line, value: string): Line =>
	lineOf(line.raw.slice(0, line.raw.length - line.value.length) + value, line.at) ?? line;
