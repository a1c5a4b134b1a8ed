import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { SettableClock, Simulator } from '../../src/simulator';
import { contactsOf, type ContactsState } from '../../src/simulator/services/contacts/state';
import { action, type NodeRed, received, trigger, until, type FlowNode } from './runtime';
import { onStage } from './stage';
import { SharedClock } from '../support/sharedClock';

const BOOK = '/carddav/alice/alice-contacts/';
const text = (value: string) => ({ type: 'str', value });
let red: NodeRed;
let simulator: Simulator;
let clock: SettableClock;
let contacts: ContactsState;

const deploy = onStage(
	(stage) => {
		({ red, simulator } = stage);
		contacts = contactsOf(simulator.nas);
	},
	() => ({ clock: (clock = new SharedClock(Date.parse('2027-04-22T12:00:00Z'))) }),
);

/** Messages that a node sends for one that it gets. */
async function run(node: FlowNode, message: Record<string, unknown> = {}, sends = 1) {
	await deploy(node);
	red.node('act').receive(message);
	await until(() => received('out').length + received('caught').length >= sends, 'the answer');
	return received('out').map(({ payload }) => payload);
}

describe('contacts in Node-RED', () => {
	test('come as one message each', async () => {
		const rows = await run(action('contacts.contact.list', { book: text('My Contacts') }, { list: 'rows' }), {}, 3);
		expect(rows).toMatchObject([
			{ full_name: 'Dana Example' },
			{ full_name: 'Erin Example' },
			{ full_name: 'Frank Example' },
		]);
	});

	test('are created from the form and from the message', async () => {
		const [made] = await run(
			action('contacts.contact.create', { full_name: text('One'), emails: { type: 'msg', value: 'emails' } }),
			{
				emails: ['one@example.org', { value: 'eins@example.org', type: 'work' }],
			},
		);
		expect(made).toMatchObject({
			full_name: 'One',
			emails: [{ value: 'one@example.org' }, { value: 'eins@example.org', type: 'work' }],
		});
	});

	test('go out as a file', async () => {
		await run(action('contacts.addressBook.export', { book: text(BOOK) }));
		expect(received('out')[0]).toMatchObject({ filename: 'My Contacts.vcf' });
		expect(String(received('out')[0]!.payload)).toContain('FN:Dana Example');
	});

	test('come in from a file, the broken ones reported', async () => {
		const file = readFileSync(path.join(__dirname, '../fixtures/vcards/b2-no-colon.vcf'));
		const [result] = await run(action('contacts.addressBook.import', { file: { type: 'msg', value: 'payload' } }), {
			payload: file,
			filename: 'b2.vcf',
		});
		expect(result).toMatchObject({ imported: [{ uid: 'b2ok' }], refused: [{ line: 6 }] });
	});

	test('that somebody else has changed reach the catch node', async () => {
		await run(
			action('contacts.contact.update', {
				contact: text(`${BOOK}card-dana.vcf`),
				note: text('x'),
				etag: text('"old"'),
			}),
		);
		expect((received('caught')[0] as { error?: { message: string } }).error!.message).toContain(
			'changed or deleted by somebody else',
		);
	});
});

const triggers: [event: string, happen: () => unknown, seen: object][] = [
	['contactCreated', () => contacts.saveAs('alice', { uid: 'n', full_name: 'N' }), { uid: 'n', full_name: 'N' }],
	[
		'contactUpdated',
		() => contacts.editCard('card-erin', (card) => card.replace('END:', 'NOTE:new\r\nEND:')),
		{ uid: 'card-erin', note: 'new' },
	],
	['contactDeleted', () => contacts.deleteCard('card-erin'), { uid: 'card-erin', full_name: 'Erin Example' }],
	[
		'birthdayDue',
		() => clock.advance(Date.parse('2027-04-23T22:00:00Z') - clock.now()),
		{ uid: 'card-dana', years: 47 },
	],
	[
		'anniversaryDue',
		() => clock.advance(Date.parse('2027-06-05T22:00:00Z') - clock.now()),
		{ uid: 'card-erin', years: 17 },
	],
	['labelChanged', () => contacts.addLabel('alice', 'Club', '#000000'), { change: 'created', name: 'Club' }],
	['addressBookChanged', () => contacts.addBook('alice', 'Club'), { change: 'created', name: 'Club' }],
];

test.each(triggers)('the trigger %s sends one message', async (event, happen, seen) => {
	// The two dates lie within 31 days of each other only when the first of them is past.
	if (event === 'anniversaryDue') clock.advance(Date.parse('2027-06-04T12:00:00Z') - clock.now());
	red.statuses.length = 0;
	const params = { hour: { type: 'num', value: '0' }, time_zone: text('Europe/Rome') };
	const isDate = event === 'birthdayDue' || event === 'anniversaryDue';
	await deploy(trigger(isDate ? params : {}, { type: 'synology-contacts-trigger', trigger: event, id: `t-${event}` }));
	await until(() => red.statuses.some(({ id, fill }) => id === `t-${event}` && fill === 'green'), 'the first poll');
	happen();
	await until(() => received('out').length > 0, 'the event');
	expect(received('out')).toMatchObject([{ topic: `contacts.${event}`, payload: seen }]);
});
