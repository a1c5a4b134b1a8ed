import { parse } from '../../core/ical';

/** What the web side shows of a card. */
export interface CardFacts {
	uid: string;
	full_name: string;
	mails: string[];
	tels: string[];
	company: string;
	department: string;
	title: string;
	/** Base64 of the picture, or its address. */
	photo: string;
	isGroup: boolean;
}

/** The facts of a vCard; undefined: it is none, or not exactly one (contacts.md 8.2: one card for each resource, UID required). */
export function readCard(text: string): CardFacts | undefined {
	const cards = text.match(/^BEGIN:VCARD\s*$/gim) ?? [];
	if (cards.length !== 1 || !/^END:VCARD\s*$/im.test(text)) return undefined;
	try {
		const card = parse(text);
		const first = (name: string): string => card.text(name);
		const all = (name: string) =>
			card
				.all(name)
				.map((property) => property.text)
				.filter((text) => text !== '');
		const [company = '', department = ''] = card.first('org')?.parts ?? [];
		const uid = first('uid');
		if (uid === '' || card.name !== 'vcard') return undefined;
		return {
			uid,
			full_name: first('fn'),
			mails: all('email'),
			tels: all('tel'),
			company,
			department,
			title: first('title'),
			photo: first('photo'),
			isGroup: /^group$/i.test(first('kind') || first('x-addressbookserver-kind')),
		};
	} catch {
		return undefined;
	}
}

const escape = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');

/** Fields of the web side that the simulator knows; the real ones are not public (contacts.md 4.3). */
export interface WebFields {
	full_name?: string;
	primary_mail?: string;
	primary_tel?: string;
	company?: string;
	department?: string;
	title?: string;
}

/** A vCard 3.0 of such fields, over what a card holds already. */
export function writeCard(uid: string, fields: WebFields, old?: CardFacts): string {
	const pick = (name: keyof WebFields, before = ''): string => escape(fields[name] ?? before);
	const name = pick('full_name', old?.full_name);
	const [mail, tel] = [pick('primary_mail', old?.mails[0]), pick('primary_tel', old?.tels[0])];
	const org = [pick('company', old?.company), pick('department', old?.department)];
	const title = pick('title', old?.title);
	const lines = [
		'BEGIN:VCARD',
		'VERSION:3.0',
		`UID:${uid}`,
		`FN:${name}`,
		`N:${name};;;;`,
		...(mail === '' ? [] : [`EMAIL;TYPE=INTERNET:${mail}`]),
		...(tel === '' ? [] : [`TEL;TYPE=CELL:${tel}`]),
		...(org.every((part) => part === '') ? [] : [`ORG:${org.join(';')}`]),
		...(title === '' ? [] : [`TITLE:${title}`]),
		'END:VCARD',
	];
	return `${lines.join('\r\n')}\r\n`;
}
