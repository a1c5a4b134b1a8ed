import { describe, expect, test } from '@jest/globals';
import { Gathering } from '../../src/core/gathering';

/** Timers that fire when time passes. */
class Timers {
	time = 1_000_000;
	#due: { at: number; run: () => void }[] = [];

	now = (): number => this.time;
	later = (milliseconds: number, run: () => void): void => void this.#due.push({ at: this.time + milliseconds, run });

	async pass(milliseconds: number): Promise<void> {
		const end = this.time + milliseconds;
		for (;;) {
			const next = this.#due.sort((one, other) => one.at - other.at)[0];
			if (!next || next.at > end) break;
			this.#due.shift();
			this.time = Math.max(this.time, next.at);
			next.run();
			await new Promise(setImmediate);
		}
		this.time = end;
	}
}

/** Who has begun so far, and when. */
function scene() {
	const timers = new Timers();
	const gathering = new Gathering(timers);
	const begun: [name: string, at: number][] = [];
	const start = timers.time;
	const come = (name: string) => void gathering.join().then(() => begun.push([name, timers.time - start]));
	return { timers, begun, come };
}

describe('a gathering', () => {
	test('lets one who comes alone begin after 30 ms', async () => {
		const { timers, begun, come } = scene();
		come('one');
		await timers.pass(29);
		expect(begun).toEqual([]);
		await timers.pass(1);
		expect(begun).toEqual([['one', 30]]);
	});

	test('lets those who come less than 30 ms after each other begin together, in order', async () => {
		const { timers, begun, come } = scene();
		for (const name of ['one', 'two', 'three']) {
			come(name);
			await timers.pass(20);
		}
		await timers.pass(1000);
		expect(begun).toEqual([
			['one', 70],
			['two', 70],
			['three', 70],
		]);
	});

	test('makes nobody wait for one who comes later than that', async () => {
		const { timers, begun, come } = scene();
		come('one');
		await timers.pass(31);
		come('two');
		await timers.pass(1000);
		expect(begun).toEqual([
			['one', 30],
			['two', 61],
		]);
	});

	test('of very many begins every second', async () => {
		const { timers, begun, come } = scene();
		for (let n = 0; n < 300; n++) {
			come(`${n}`);
			await timers.pass(10);
		}
		await timers.pass(1000);
		expect(begun).toHaveLength(300);
		expect([...new Set(begun.map(([, at]) => at))]).toEqual([1000, 2000, 3000]);
	});

	test('does not wait longer because the clock was set back', async () => {
		const { timers, begun, come } = scene();
		come('one');
		timers.time -= 3_600_000;
		come('two');
		await timers.pass(30);
		expect(begun.map(([name]) => name)).toEqual(['one', 'two']);
	});
});
