import type { Scene } from '../../core/life';
import { contactsOf, type ContactsState } from './state';

const NAMES = ['Ivan', 'Judy', 'Ken', 'Lena', 'Milo', 'Nina'];

/** Newcomers of the demo, so that they do not become more and more. */
const NEWCOMER = /^life-/;
const MOST = 6;

/** A newcomer whose birthday is today, of an age that changes. */
function meet(contacts: ContactsState, round: number): void {
	const book = contacts.book('alice');
	const known = [...book.cards.values()].filter(({ facts }) => NEWCOMER.test(facts.uid));
	if (known.length >= MOST) contacts.deleteCard(known[0]!.facts.uid);
	const name = NAMES[round % NAMES.length]!;
	const born = `${1970 + (round % 30)}-${new Date(contacts.nas.clock.now()).toISOString().slice(5, 10)}`;
	contacts.saveAs('alice', {
		uid: `life-${round}`,
		full_name: `${name} Example`,
		primary_mail: `${name.toLowerCase()}.${round}@example.org`,
		company: 'Example Ltd',
		lines: [`BDAY:${born}`],
	});
}

const scenes: ((contacts: ContactsState, round: number) => void)[] = [
	meet,
	(contacts, round) =>
		contacts.editCard('card-dana', (card) => card.replace(/^TITLE:.*$/m, `TITLE:Engineer, level ${1 + (round % 9)}`)),
	(contacts, round) => {
		const label = contacts.labelsOf(contacts.nas.user('alice')).at(-1);
		if (label) label.color = round % 2 === 0 ? '#3366CC' : '#CC3366';
	},
];

/** What happens to alice's contacts: somebody new, a new job title, a label in another color. */
export const contactsScenes: Scene[] = scenes.map((scene) => (nas, round) => scene(contactsOf(nas), round));
