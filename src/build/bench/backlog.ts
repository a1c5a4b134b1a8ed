import type { AnyTrigger } from '../../catalog/operation';
import { Poller, type Place } from '../../host/poll';
import { chat } from '../../services/chat';
import { MIB, startMeter } from './memory';
import { report, withNas } from './nas';

const CHANNELS = 200;
const MESSAGES = [100, 1_000, 10_000];
/** Requests for each fifty messages, and MiB that catching up may take. */
const REQUESTS = 2;
const GROWTH = 96;
/** Milliseconds after which n8n wants a poll to end. */
const BUDGET = 240_000;

async function main(): Promise<void> {
	await withNas([], async ({ dsm }, _, tell) => {
		await tell({ channels: CHANNELS });
		const trigger = chat.triggers['messageReceived'] as AnyTrigger;
		let saved: string | undefined;
		const store = {
			load: async () => await Promise.resolve(saved === undefined ? undefined : (JSON.parse(saved) as unknown)),
			save: async (place: Place | undefined) => await Promise.resolve(void (saved = JSON.stringify(place))),
		};
		const poller = () =>
			new Poller({ trigger, params: trigger.params.parse({}) as object, dsm, of: 'bench', store, log: () => {} });
		await poller().start();
		let next = 0;
		for (const count of MESSAGES) {
			await tell({ messages: count });
			const measure = startMeter();
			/** Number of the last message by its channel: within one they rise. */
			const last = new Map<string, number>();
			const seen = new Set<number>();
			const { seconds, grown } = await measure(async () => {
				for (let more = true; more;) {
					const end = Date.now() + BUDGET;
					const tellOne = ({ event }: { event: unknown }) => {
						const { text, channel_id } = event as { text: string; channel_id: string };
						const number = Number(text.replace('message ', ''));
						if (seen.has(number)) throw new Error(`"${text}" was told twice.`);
						if (number < (last.get(channel_id) ?? 0)) throw new Error(`"${text}" was told out of its order.`);
						seen.add(number);
						last.set(channel_id, number);
					};
					({ more } = await poller().poll(tellOne, { left: () => Date.now() < end }));
				}
			});
			const requests = await tell({});
			next += count;
			if (seen.size !== count || Math.max(...seen) !== next - 1)
				throw new Error(`${seen.size} of ${count} missed messages were told.`);
			const what = `${count} missed messages over ${CHANNELS} channels`;
			const isLargest = count === MESSAGES.at(-1);
			const bar = (most: number) => (isLargest ? { most } : {});
			report({
				name: `${what}, requests for each 50`,
				value: requests / (count / 50),
				unit: 'requests',
				...bar(REQUESTS),
			});
			report({ name: `${what}, time`, value: seconds, unit: 's' });
			report({ name: `${what}, memory growth`, value: grown / MIB, unit: 'MiB', ...bar(GROWTH) });
		}
	});
}

void main();
