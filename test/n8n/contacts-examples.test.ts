import { describe, expect, test } from '@jest/globals';
import { contactsOf } from '../../src/simulator/services/contacts/state';
import { jsonOf, launch, makeWorkflow, outcomeOf } from './engine';
import { nodeOf, read } from './examples';
import { Poller } from './poller';
import { withNas } from './support';
import { SharedClock } from '../support/sharedClock';

const pollerOf = (
	example: ReturnType<typeof read>,
	name: string,
	credentials: ConstructorParameters<typeof Poller>[0],
) => {
	const { parameters } = nodeOf(example, name);
	return new Poller(credentials, { parameters, name, type: 'synologyContactsTrigger' });
};

describe('the example', () => {
	test('"birthday" tells a birthday in Chat', async () => {
		const clock = new SharedClock(Date.parse('2027-04-22T02:00:00Z'));
		await withNas({ clock }, async ({ chat, credentials }) => {
			const example = read('contacts-birthday-chat.json');
			const poller = pollerOf(example, 'On a birthday', credentials);
			await poller.tick();
			clock.advance(Date.parse('2027-04-24T02:00:00Z') - clock.now());
			const items = ((await poller.tick()) ?? []).map((json) => ({ json }));
			expect(items).toHaveLength(1);
			const { run } = await launch(
				makeWorkflow(example.nodes, example.connections),
				nodeOf(example, 'On a birthday'),
				items,
				credentials,
			);
			expect(outcomeOf(await run, 'Tell General').status).toBe('success');
			expect(chat.channel('General').posts.at(-1)!.message).toBe('It is the birthday of Dana Example (47) today.');
		});
	});

	test('"two-way sync" writes rows, reports a conflict, and brings back what the NAS changed', async () => {
		await withNas({}, async ({ simulator, chat, credentials }) => {
			const contacts = contactsOf(simulator.nas);
			const example = read('contacts-two-way-sync.json');
			const row = (uid: string, email: string) => ({
				json: {
					email,
					name: 'From the table',
					company: 'Table Ltd',
					path: `/carddav/alice/alice-contacts/${uid}.vcf`,
					etag: contacts.card(uid).card.etag,
				},
			});
			const rows = [row('card-dana', 'dana@example.org'), row('card-erin', 'erin@example.org')];
			contacts.editCard('card-erin', (card) => card.replace('ORG:Example Ltd', 'ORG:Nas Ltd'));
			const workflow = makeWorkflow(example.nodes, example.connections);
			const { run } = await launch(workflow, nodeOf(example, 'When clicking'), rows, credentials);
			const { outputs } = outcomeOf(await run, 'Row in step');
			expect(jsonOf(outputs[0])).toMatchObject([
				{ uid: 'card-dana', full_name: 'From the table', company: 'Table Ltd' },
			]);
			expect(contacts.card('card-erin').card.facts.company).toBe('Nas Ltd');
			expect(chat.channel('General').posts.at(-1)!.message).toMatch(
				/^Conflict with erin@example\.org: .*changed or deleted by somebody else/,
			);

			const poller = pollerOf(example, 'On a changed contact', credentials);
			await poller.tick();
			contacts.editCard('card-erin', (card) => card.replace('ORG:Nas Ltd', 'ORG:Later Ltd'));
			expect(await poller.tick()).toMatchObject([{ uid: 'card-erin', company: 'Later Ltd' }]);
		});
	});
});
