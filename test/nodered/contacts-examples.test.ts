import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { SettableClock } from '../../src/simulator';
import { startSimulator, type Simulator } from '../../src/simulator';
import { chatOf } from '../../src/simulator/services/chat/state';
import { contactsOf, type ContactsState } from '../../src/simulator/services/contacts/state';
import { deployExample, idOf, pressButton, watched } from './examples';
import { functionGlobalContext, makeUserDir, NodeRed, received, until, type FlowNode } from './runtime';
import { SharedClock } from '../support/sharedClock';

let red: NodeRed;
let simulator: Simulator;
let clock: SettableClock;
let contacts: ContactsState;

beforeAll(async () => {
	red = await new NodeRed(makeUserDir(), { functionGlobalContext }).start();
});

afterAll(async () => {
	await red.stop();
	red.remove();
});

beforeEach(async () => {
	// Noon in every time zone that Node-RED may run in is on the day before.
	clock = new SharedClock(Date.parse('2027-04-22T02:00:00Z'));
	simulator = await startSimulator({ clock });
	contacts = contactsOf(simulator.nas);
	red.statuses.length = 0;
});

afterEach(async () => {
	await red.deploy([{ id: 'empty', type: 'tab' }]);
	await simulator.close();
});

const watching = async (flow: FlowNode[], name: string) => await watched(red, idOf(flow, name));
const press = async (flow: FlowNode[], name: string) => await pressButton(red, flow, name);
const payloads = (flow: FlowNode[], name: string) => received(idOf(flow, name)).map(({ payload }) => payload);

describe('examples for Node-RED', () => {
	test('contacts-birthday-chat tells a birthday in Chat', async () => {
		const flow = await deployExample(red, simulator, 'contacts-birthday-chat.json');
		await watching(flow, 'Birthday');
		clock.advance(Date.parse('2027-04-24T02:00:00Z') - clock.now());
		await until(() => payloads(flow, 'Message').length === 1, 'the message');
		expect(chatOf(simulator.nas).channel('General').posts.at(-1)!.message).toBe(
			'It is the birthday of Dana Example (47) today.',
		);
	});

	test('contacts-two-way-sync writes both ways and reports what both sides changed', async () => {
		const flow = await deployExample(red, simulator, 'contacts-two-way-sync.json');
		await watching(flow, 'Contact updated');
		await press(flow, 'Fill the table');
		await press(flow, 'Send changes');
		await until(() => payloads(flow, 'Row in step').length === 2, 'both rows');
		expect(payloads(flow, 'Row in step')).toMatchObject([
			{ email: 'dana@example.org', changed: false, path: expect.stringContaining('card-dana.vcf') },
			{ email: 'new@example.org', changed: false, company: 'New Ltd' },
		]);
		contacts.editCard('card-dana', (card) => card.replace('ORG:Example Ltd', 'ORG:Nas Ltd'));
		await until(() => payloads(flow, 'Row in step').length === 3, 'the change of the NAS');
		expect(payloads(flow, 'Row in step')[2]).toMatchObject({ email: 'dana@example.org', company: 'Nas Ltd' });
		await press(flow, 'Change a row');
		await press(flow, 'Send changes');
		await until(() => payloads(flow, 'Row in step').length === 4, 'the change of the table');
		expect(contacts.card('card-dana').card.facts.company).toBe('Other Ltd');
		await press(flow, 'Change a row');
		contacts.editCard('card-dana', (card) => card.replace('ORG:Other Ltd', 'ORG:Third Ltd'));
		await press(flow, 'Send changes');
		await until(() => payloads(flow, 'Conflict').length > 0, 'the conflict');
		expect(payloads(flow, 'Conflict')[0]).toMatchObject({ email: 'dana@example.org', table: { company: 'Other Ltd' } });
		expect(contacts.card('card-dana').card.facts.company).toBe('Third Ltd');
	});
});
