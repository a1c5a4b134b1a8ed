import { isDeepStrictEqual } from 'node:util';
import { contactOf } from '../../../services/contacts/lib/vcard/contactFields';
import { changed, type Changes } from '../../../services/contacts/lib/vcard/edit';
import { splitCards, textOfCard, type Card } from '../../../services/contacts/lib/vcard/lines';
import { toVersion3, toVersion4 } from '../../../services/contacts/lib/vcard/versions';

/** Changes of each field, and the properties that they may touch. */
const CHANGES: readonly (readonly [change: Changes, touches: readonly string[]])[] = [
	[{ note: 'other' }, ['NOTE']],
	[{ title: 'other' }, ['TITLE']],
	[{ nickname: 'other' }, ['NICKNAME']],
	[{ given_name: 'Other', full_name: 'Other' }, ['N', 'FN']],
	[{ company: 'Other' }, ['ORG']],
	[{ birthday: '1970-01-02' }, ['BDAY']],
	[{ categories: ['other'] }, ['CATEGORIES']],
];

const rawsOf = ({ lines }: Card, isMeant: (name: string, raw: string) => boolean): string =>
	lines.flatMap(({ name, raw }) => (isMeant(name, raw) ? [raw] : [])).join('\n');
const read = (text: string): Card => splitCards(text).cards[0]!;

/** Where a card loses something when it is written, read again or changed; empty: nowhere. */
export function lossesIn(card: Card): string[] {
	const fields = contactOf(card);
	const { emails, phones, urls, addresses, company, department, note } = fields;
	const losses: string[] = [];
	const hold = (what: string, holds: boolean) => void (holds || losses.push(what));
	hold('is another one when it is read again', isDeepStrictEqual(contactOf(read(textOfCard(card))), fields));
	hold(
		'is another one by way of version 4.0',
		isDeepStrictEqual(contactOf(toVersion3(read(textOfCard(toVersion4(card))))), fields),
	);
	for (const [change, touches] of CHANGES) {
		const rest = (one: Card) => rawsOf(one, (name) => !touches.includes(name));
		hold(`changing ${Object.keys(change).join()} changes more`, rest(changed(card, change)) === rest(card));
	}
	const own = changed(card, { emails, phones, urls, addresses, company, department, note });
	const isContent = (name: string, raw: string) => !/^(?:N|ORG)$/.test(name) && !raw.endsWith(':');
	hold('changes when it is given its own fields', rawsOf(own, isContent) === rawsOf(card, isContent));
	hold('means something else with its own fields', isDeepStrictEqual(contactOf(own), fields));
	const corrected = phones.map((phone) => ({ ...phone, value: `${phone.value}0` }));
	const after = changed(card, { phones: corrected });
	const rest = (one: Card) => rawsOf(one, (name) => name !== 'TEL');
	hold('loses a line with a corrected number', rest(after) === rest(card));
	hold('loses the kind of a corrected number', isDeepStrictEqual(contactOf(read(textOfCard(after))).phones, corrected));
	return losses;
}
