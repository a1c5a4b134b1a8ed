import type { AnyTrigger } from '../../catalog/operation';
import { file } from '../../services/file';
import { Poller, type Place } from '../../host/poll';
import { median, worked, type Work } from './measure';
import { report, withPlainNas } from './nas';

const SIZES = [1_000, 10_000, 100_000];
const ROUNDS = 5;
/** Milliseconds that a poll of the largest folder may take, and for which it may hold up others. */
const LONGEST = 1000;
const STALL = 50;

async function main(): Promise<void> {
	await withPlainNas(async ({ dsm }, _, tell) => {
		/** A poller of the shipped engine whose place is kept as text, as hosts keep it. */
		const pollerOf = (trigger: AnyTrigger) => {
			let saved: string | undefined;
			const store = {
				load: async () => await Promise.resolve(saved === undefined ? undefined : (JSON.parse(saved) as unknown)),
				save: async (place: Place | undefined) => await Promise.resolve(void (saved = JSON.stringify(place))),
			};
			const params = trigger.params.parse({ folder: '/docs/many', settle: 0 }) as object;
			// One for each poll, as n8n makes them.
			return () => new Poller({ trigger, params, dsm, of: 'bench', store, log: () => {} });
		};
		const budget = { left: () => true };
		for (const size of SIZES) {
			for (const [event, grows] of [
				['fileCreated', 1],
				['fileChanged', 0],
			] as const) {
				let files = size;
				await tell({ files });
				const poller = pollerOf(file.triggers[event] as AnyTrigger);
				await poller().start();
				const looks: (Work & { requests: number })[] = [];
				for (let round = 0; round <= ROUNDS; round++) {
					await tell({ files: (files += grows) });
					let told = 0;
					const look = await worked(async () => await poller().poll(() => void told++, budget));
					if (told !== grows) throw new Error(`${event} told ${told} events instead of ${grows}.`);
					if (round > 0) looks.push({ ...look, requests: await tell({}) });
				}
				const what = `${event} on ${size} files, ${grows === 1 ? 'one new' : 'none changed'}`;
				const isLargest = size === SIZES.at(-1);
				const bar = (most: number) => (isLargest ? { most } : {});
				const of = (key: keyof (typeof looks)[0]) => median(looks.map((look) => look[key]));
				report({ name: `${what}, own time`, value: of('cpu'), unit: 'ms', ...bar(LONGEST) });
				report({ name: `${what}, time with the server's on this machine`, value: of('took'), unit: 'ms' });
				report({ name: `${what}, longest stall`, value: of('stall'), unit: 'ms', ...bar(STALL) });
				report({ name: `${what}, requests`, value: of('requests'), unit: 'requests' });
			}
		}
	});
}

void main();
