import { describe, expect, test } from '@jest/globals';
import { DsmApiError } from '../../src/core/errors';
import { RateLimiter } from '../../src/core/rateLimiter';
import { chance, VirtualTime } from '../support/virtualTime';

const SPACING = 600;
const tooFast = () => new DsmApiError('Messages follow each other too fast.', { dsmCode: 411, transient: true });

/** What came of programs that each sent 100 messages as fast as they might, and knew nothing of each other. */
interface Outcome {
	taken: number;
	refused: number;
	/** Milliseconds from the first to the last message, for each message. */
	each: number;
	/** Milliseconds that the message at the head of a line waited at most. */
	longest: number;
}

/** The NAS takes no message within half a second of the last one it took (chat.md 17.3); each is 20 ms on its way. */
async function together(programs: number, seed: number): Promise<Outcome> {
	const time = new VirtualTime(0);
	const random = chance(seed);
	const taken: number[] = [];
	let [refused, longest] = [0, 0];
	const send = async () => {
		await time.sleep(20);
		if (time.now() - (taken.at(-1) ?? -Infinity) < 500) throw (refused++, tooFast());
		taken.push(time.now());
	};
	const program = async () => {
		const line = new RateLimiter({ now: time.now, sleep: time.sleep, random });
		let before = 0;
		const next = async () => {
			await line.turn(SPACING, undefined, send);
			longest = Math.max(longest, time.now() - before);
			before = time.now();
		};
		await Promise.all(Array.from({ length: 100 }, next));
	};
	await Promise.all(Array.from({ length: programs }, () => time.run(program)));
	return { taken: taken.length, refused, each: (taken.at(-1)! - taken[0]!) / (taken.length - 1), longest };
}

describe('the line of an account', () => {
	test('that nobody else uses keeps the declared distance and is never refused', async () => {
		expect(await together(1, 1)).toEqual({ taken: 100, refused: 0, each: SPACING + 20, longest: SPACING + 20 });
	});

	test.each([2, 3, 5, 10])(
		'shared by %d programs loses no message, is not held by one of them, and takes less than a second for each',
		async (programs) => {
			for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
				const { taken, each, longest } = await together(programs, seed);
				expect(taken).toBe(programs * 100);
				expect(each).toBeLessThan(1000);
				expect(longest).toBeLessThan(60_000);
			}
		},
	);

	test('slows down as a whole after a refusal, and comes back to the declared distance', async () => {
		const time = new VirtualTime(0);
		const line = new RateLimiter({ now: time.now, sleep: time.sleep, random: () => 0.5 });
		const taken: number[] = [];
		let refusals = 3;
		const send = () =>
			line.turn(SPACING, undefined, async () => {
				if (refusals-- > 0) throw tooFast();
				taken.push(time.now());
				await Promise.resolve();
			});
		await time.run(() => Promise.all(Array.from({ length: 12 }, send)));
		const distances = taken.slice(1).map((at, index) => Math.round(at - taken[index]!));
		expect(taken[0]).toBe(3 * 900);
		expect(distances).toEqual([1440, 1188, 1012, 888, 802, 741, 699, 669, 600, 600, 600]);
	});

	test('gives up what the NAS still refuses after five minutes, and goes on with the next', async () => {
		const time = new VirtualTime(0);
		const line = new RateLimiter({ now: time.now, sleep: time.sleep, random: () => 0.5 });
		let isOpen = false;
		const send = () =>
			line.turn(SPACING, undefined, async () => {
				if (!isOpen) throw tooFast();
				return await Promise.resolve(time.now());
			});
		const first = time.run(send).catch((error: unknown) => {
			isOpen = true;
			return error;
		});
		expect(await first).toMatchObject({ dsmCode: 411 });
		expect(time.now()).toBeGreaterThan(300_000);
		expect(await time.run(send)).toBeLessThan(302_000);
	});

	test('is left by a message that was taken back, while the others keep their order', async () => {
		const time = new VirtualTime(0);
		const line = new RateLimiter({ now: time.now, sleep: time.sleep, random: () => 0.5 });
		const sent: number[] = [];
		const send = (number: number, signal?: AbortSignal) =>
			line.turn(SPACING, signal, async () => void sent.push(await Promise.resolve(number)));
		const control = new AbortController();
		const works = [send(1), send(2, control.signal), send(3), send(4)];
		control.abort();
		const ends = await Promise.allSettled(works);
		expect([sent, ends.map(({ status }) => status)]).toEqual([
			[1, 3, 4],
			['fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
		]);
	});
});
