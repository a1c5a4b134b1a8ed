import { setTimeout as wait } from 'node:timers/promises';
import type { AnyTrigger } from '../../catalog/operation';
import { Poller, type Place } from '../../host/poll';
import { chat } from '../../services/chat';
import { file } from '../../services/file';
import { note } from '../../services/note';
import { median, timeEach } from './measure';
import { report, withNas } from './nas';

const COUNTS = [1, 10, 100];
const TICKS = 9;
/** Requests that one tick of a hundred triggers may cost. */
const REQUESTS = 3;

/** Triggers of several services that need no parameter. */
const kinds: AnyTrigger[] = [chat, file, note].flatMap(({ triggers }) =>
	Object.values(triggers as Record<string, AnyTrigger>).filter(({ params }) => params.safeParse({}).success),
);

async function main(): Promise<void> {
	await withNas([], async ({ dsm }, _, tell) => {
		for (const count of COUNTS) {
			const pollers = Array.from({ length: count }, (_none, index) => {
				const trigger = kinds[index % kinds.length]!;
				let place: Place | undefined;
				const store = {
					load: async () => await Promise.resolve(place),
					save: async (next: Place | undefined) => await Promise.resolve(void (place = next)),
				};
				return new Poller({
					...{ trigger, dsm, of: `bench-${index}`, store, log: () => {} },
					params: trigger.params.parse({}) as object,
				});
			});
			for (const poller of pollers) await poller.start();
			const budget = { left: () => true };
			const tick = async () => await Promise.all(pollers.map(async (poller) => await poller.poll(() => {}, budget)));
			// What has just happened is looked at once more.
			await wait(4000);
			await tick();
			await tell({});
			const requests: number[] = [];
			const times: number[] = [];
			for (let n = 0; n < TICKS; n++) {
				times.push(await timeEach(1, tick));
				requests.push(await tell({}));
			}
			const what = `tick of ${count} idle trigger${count === 1 ? '' : 's'}`;
			const bar = count === COUNTS.at(-1) ? { most: REQUESTS } : {};
			report({ name: `${what}, requests`, value: median(requests), unit: 'requests', ...bar });
			report({ name: `${what}, time`, value: median(times), unit: 'ms' });
		}
	});
}

void main();
