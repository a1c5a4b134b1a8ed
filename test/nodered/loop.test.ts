import { describe, expect, test } from '@jest/globals';
import { chat } from '../../src/services/chat';
import { DsmApiError, type DsmLoginError } from '../../src/core/errors';
import type { Hint, HintListener } from '../../src/core/realtime';
import { Poller, type Told } from '../../src/host/poll';
import { Health } from '../../src/nodered/health';
import { Loop, type LoopOptions } from '../../src/nodered/loop';
import { chatOf } from '../../src/simulator/services/chat/state';
import type { Simulator } from '../../src/simulator';
import { withNas, type Scene } from '../support/nas';
import { MemoryPlace } from '../support/place';
import { TestClock } from './clock';

const trigger = chat.triggers['messageReceived']!;

interface Watched {
	clock: TestClock;
	sent: string[];
	failures: { error: unknown; final: boolean }[];
	recoveries: number;
	loop: Loop;
	/** Runs the next poll to its end. */
	poll: () => Promise<void>;
}

/** `onSend`: what happens while an event is sent. */
function watch({ dsm }: Scene, changes: Partial<LoopOptions> = {}, onSend = () => {}): Watched {
	const clock = new TestClock();
	let ended = () => {};
	const state: Omit<Watched, 'loop'> = {
		clock,
		sent: [],
		failures: [],
		recoveries: 0,
		async poll() {
			const end = new Promise<void>((resolve) => (ended = resolve));
			clock.run();
			await end;
			// The wait for the next poll is set in the same turn.
			await Promise.resolve();
		},
	};
	const poller = new Poller({
		trigger,
		params: trigger.params.parse({}),
		dsm,
		of: 'test',
		store: new MemoryPlace(),
		log: () => {},
	});
	const tell = ({ event }: Told): void => {
		state.sent.push((event as { message: string }).message);
		onSend();
	};
	const loop = new Loop({
		poll: async (budget) => await poller.poll(tell, budget),
		group: 'alice nas.example.com',
		interval: 10_000,
		clock,
		health: new Health(clock),
		polled: () => ended(),
		failed: (error, final) => void state.failures.push({ error, final }),
		recovered: () => void state.recoveries++,
		...changes,
	});
	return Object.assign(state, { loop });
}

const say = (simulator: Simulator, text: string) => chatOf(simulator.nas).postAs('bob', 'General', text);

/** Failing polls call no `polled`; they are over when the next wait is set, or when polling has ended. */
async function failingPoll({ clock, failures }: Watched): Promise<void> {
	const [waits, count] = [clock.waits.length, failures.length];
	clock.run();
	const end = Date.now() + 5000;
	while (clock.waits.length === waits && failures.length === count && Date.now() < end)
		await new Promise((resolve) => setImmediate(resolve));
	await new Promise((resolve) => setImmediate(resolve));
}

describe('poll loop', () => {
	test('polls at moments that all triggers of a connection share', async () => {
		await withNas({}, async (scene) => {
			const [one, other] = [watch(scene), watch(scene)];
			other.clock.time += 3_210;
			await one.poll();
			await other.poll();
			const next = ({ clock }: Watched) => (clock.time + clock.waits.at(-1)!) % 10_000;
			expect(next(one)).toBe(next(other));
			await Promise.all([one.loop.close(), other.loop.close()]);
		});
	});

	test('waits longer with each failure, reports the first one only, and says when the NAS answers again', async () => {
		await withNas({}, async (scene) => {
			const watched = watch(scene);
			await watched.poll();
			scene.simulator.nas.faults.badGateway(100);
			for (let count = 0; count < 3; count++) await failingPoll(watched);
			expect(watched.clock.waits.slice(-3)).toEqual([2000, 4000, 8000]);
			expect(watched.failures.map(({ final }) => final)).toEqual([false]);
			scene.simulator.nas.faults.clear();
			say(scene.simulator, 'meanwhile');
			await watched.poll();
			expect([watched.recoveries, watched.sent]).toEqual([1, ['meanwhile']]);
			await watched.loop.close();
		});
	});

	test('never pauses for more than a minute while the NAS does not answer', async () => {
		await withNas({}, async (scene) => {
			const watched = watch(scene);
			await watched.poll();
			scene.simulator.nas.faults.badGateway(1000);
			for (let count = 0; count < 8; count++) await failingPoll(watched);
			expect(watched.clock.waits.at(-1)).toBe(60_000);
			await watched.loop.close();
		});
	});

	test('tries again together with the other loops of its connection, and is woken by the first success of any', async () => {
		await withNas({}, async (scene) => {
			const one = watch(scene);
			const health = new Health(one.clock);
			await one.loop.close();
			const [first, second] = [watch(scene, { health }), watch(scene, { health })];
			await first.poll();
			await second.poll();
			scene.simulator.nas.faults.badGateway(1000);
			await failingPoll(first);
			await failingPoll(second);
			expect([first.clock.waits.at(-1), second.clock.waits.at(-1)]).toEqual([2000, 2000]);
			scene.simulator.nas.faults.clear();
			await health.watch(
				async () => await Promise.resolve('an action without the account'),
				() => false,
			);
			expect([first.clock.waits.at(-1), second.clock.waits.at(-1)]).toEqual([2000, 2000]);
			await health.watch(
				async () => await Promise.resolve('an action that succeeds'),
				() => true,
			);
			expect([first.clock.waits.at(-1), second.clock.waits.at(-1)]).toEqual([0, 0]);
			await first.poll();
			expect(first.recoveries).toBe(1);
			await Promise.all([first.loop.close(), second.loop.close()]);
		});
	});

	test('pauses up to half an hour for a fault of its own, and is not woken by what others do', async () => {
		await withNas({}, async (scene) => {
			const refused = async () => await Promise.reject(new DsmApiError('Refused.', { dsmCode: 400 }));
			const health = new Health();
			const watched = watch(scene, { poll: refused, health });
			for (let count = 0; count < 10; count++) await failingPoll(watched);
			health.succeeded();
			expect(watched.clock.waits.at(-1)).toBe(30 * 60_000);
			await watched.loop.close();
		});
	});

	test('stops for good after a refused login', async () => {
		await withNas({ connection: { password: 'wrong' } }, async (scene) => {
			const watched = watch(scene);
			await failingPoll(watched);
			expect(watched.failures).toHaveLength(1);
			expect(watched.failures[0]?.final).toBe(true);
			expect((watched.failures[0]?.error as DsmLoginError).code).toBe('login');
			expect(watched.clock.waiting).toBe(false);
			expect(scene.simulator.logins).toBe(1);
			await watched.loop.close();
		});
	});
});

/** A source of hints that the test plays. */
class TestHints {
	#listener: HintListener | undefined;
	listening = false;

	listen = (listener: HintListener) => {
		this.#listener = listener;
		this.listening = true;
		return () => {
			this.listening = false;
		};
	};

	say(hint: Hint): void {
		this.#listener?.(hint);
	}
}

/** A loop on a source of hints, after its first poll and some quiet time. */
async function woken(
	run: (watched: Watched, hints: TestHints, scene: Scene) => Promise<void>,
	changes: Partial<LoopOptions> = {},
	onSend?: () => void,
): Promise<void> {
	await withNas({}, async (scene) => {
		const hints = new TestHints();
		const watched = watch(scene, { listen: hints.listen, ...changes }, onSend);
		expect(hints.listening).toBe(false);
		await watched.poll();
		watched.clock.time += 5_000;
		await run(watched, hints, scene);
		await watched.loop.close();
		expect(hints.listening).toBe(false);
	});
}

describe('poll loop that hints wake', () => {
	test('polls a quarter of a second after a hint, once for hints that come together', async () => {
		await woken(async (watched, hints, { simulator }) => {
			say(simulator, 'news');
			hints.say('hint');
			const waits = watched.clock.waits.length;
			expect(watched.clock.waits.at(-1)).toBe(250);
			hints.say('hint');
			expect(watched.clock.waits).toHaveLength(waits);
			await watched.poll();
			expect(watched.sent).toEqual(['news']);
		});
	});

	test('polls once a second at most, however many hints come', async () => {
		await woken(async ({ clock, poll }, hints) => {
			hints.say('hint');
			await poll();
			clock.time += 100;
			hints.say('hint');
			expect(clock.waits.at(-1)).toBe(900);
		});
	});

	test('polls again when a hint came in the middle of a poll', async () => {
		const hints = new TestHints();
		await woken(
			async (watched, _hints, { simulator }) => {
				say(simulator, 'news');
				await watched.poll();
				expect(watched.clock.waits.at(-1)).toBe(1000);
			},
			{ listen: hints.listen },
			() => hints.say('hint'),
		);
	});

	test('polls when hints begin to come, then every half minute, and in its interval when they end', async () => {
		await woken(async ({ clock, poll }, hints) => {
			hints.say('on');
			expect(clock.waits.at(-1)).toBe(250);
			for (let count = 0; count < 2; count++) await poll();
			expect(clock.waits.at(-1)).toBe(30_000);
			hints.say('off');
			expect(clock.waits.at(-1)).toBe(10_000);
			await poll();
			expect(clock.waits.at(-1)).toBe(10_000);
		});
	});

	test('polls no more often than its interval says while no hint comes', async () => {
		await woken(
			async ({ clock, poll }, hints) => {
				hints.say('on');
				for (let count = 0; count < 2; count++) await poll();
				expect(clock.waits.at(-1)).toBe(60_000);
			},
			{ interval: 60_000 },
		);
	});

	test('keeps to the pauses after failures, whatever hints come', async () => {
		await woken(async (watched, hints, { simulator }) => {
			simulator.nas.faults.badGateway(100);
			await failingPoll(watched);
			for (const hint of ['off', 'on', 'hint'] as const) hints.say(hint);
			expect(watched.clock.waits.at(-1)).toBe(2000);
			simulator.nas.faults.clear();
			await watched.poll();
			expect(watched.recoveries).toBe(1);
		});
	});

	test('stops listening when it stops for good', async () => {
		await woken(async (watched, hints, { simulator }) => {
			expect(hints.listening).toBe(true);
			simulator.nas.setPassword('alice', 'another');
			simulator.nas.faults.loseSessions();
			await failingPoll(watched);
			expect([watched.failures.at(-1)?.final, hints.listening]).toEqual([true, false]);
		});
	});
});
