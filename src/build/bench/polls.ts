import { chat } from '../../services/chat';
import { report, timeEach, withNas } from './nas';

const TRIGGERS = 100;

async function main(): Promise<void> {
	await withNas([], async ({ dsm }) => {
		const { newMessage } = chat.triggers;
		const params = newMessage.params.parse({});
		const budget = { left: () => true };
		let cursor: unknown = await newMessage.start(params, dsm);
		const poll = async () => {
			({ cursor } = await newMessage.poll(params, newMessage.cursor.parse(cursor), dsm, budget));
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
