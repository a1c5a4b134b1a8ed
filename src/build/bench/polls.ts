import { chat } from '../../services/chat';
import { report, timeEach, withNas } from './nas';

const TRIGGERS = 100;

async function main(): Promise<void> {
	await withNas([], async ({ dsm }) => {
		const { messageReceived } = chat.triggers;
		const params = messageReceived.params.parse({});
		const budget = { left: () => true };
		let cursor: unknown = await messageReceived.start(params, dsm);
		const poll = async () => {
			({ cursor } = await messageReceived.poll(params, messageReceived.cursor.parse(cursor), dsm, budget));
		};
		const one = await timeEach(200, poll);
		report({ name: 'poll with nothing new', value: one, unit: 'ms' });
		const together = await timeEach(10, () => Promise.all(Array.from({ length: TRIGGERS }, poll)));
		report({
			name: `${TRIGGERS} polls at once`,
			value: together,
			unit: 'ms',
			reference: one * TRIGGERS,
			ratio: (one * TRIGGERS) / together,
		});
	});
}

void main();
