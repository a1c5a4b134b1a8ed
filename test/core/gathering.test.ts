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
		await new Promise(setImmediate);
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
	const come = (name: string) => void gathering.join(name).then(() => begun.push([name, timers.time - start]));
	return { timers, begun, come };
}

describe('a gathering', () => {
	test('lets one who is alone begin at once', async () => {
		const { timers, begun, come } = scene();
		for (let tick = 0; tick < 3; tick++) {
			come('one');
			await timers.pass(1000);
		}
		expect(begun).toEqual([
			['one', 0],
			['one', 1000],
			['one', 2000],
		]);
	});

	test('lets who comes for the first time begin at once, and all who are known when the last of them has come, in order', async () => {
		const { timers, begun, come } = scene();
		for (let tick = 0; tick < 2; tick++) {
			for (const name of ['one', 'two', 'three']) {
				come(name);
				await timers.pass(900);
			}
			await timers.pass(57_300);
		}
		expect(begun).toEqual([
			['one', 0],
			['two', 900],
			['three', 1800],
			['one', 61_800],
			['two', 61_800],
			['three', 61_800],
		]);
	});

	test('waits a second for those who do not come', async () => {
		const { timers, begun, come } = scene();
		for (const name of ['one', 'two', 'three']) come(name);
		await timers.pass(60_000);
		come('one');
		await timers.pass(300);
		come('two');
		await timers.pass(60_000);
		expect(begun.slice(3)).toEqual([
			['one', 61_300],
			['two', 61_300],
		]);
	});

	test('forgets who has not come for an hour', async () => {
		const { timers, begun, come } = scene();
		for (const name of ['one', 'two']) come(name);
		for (let minute = 1; minute <= 62; minute++) {
			await timers.pass(60_000);
			come('one');
		}
		await timers.pass(1000);
		expect(begun.at(2)).toEqual(['one', 61_000]);
		expect(begun.at(-1)).toEqual(['one', 62 * 60_000]);
	});

	test('of very many begins every three seconds', async () => {
		const { timers, begun, come } = scene();
		for (let n = 0; n < 1000; n++) come(`${n}`);
		await timers.pass(60_000);
		for (let n = 0; n < 600; n++) {
			come(`${n}`);
			await timers.pass(10);
		}
		await timers.pass(60_000);
		expect(begun).toHaveLength(1600);
		expect([...new Set(begun.map(([, at]) => at))]).toEqual([0, 63_000, 66_000]);
	});

	test('does not wait longer because the clock was set back', async () => {
		const { timers, begun, come } = scene();
		for (const name of ['one', 'two', 'three']) come(name);
		await timers.pass(60_000);
		come('one');
		timers.time -= 3_600_000;
		come('two');
		await timers.pass(1000);
		expect(begun.slice(3).map(([name]) => name)).toEqual(['one', 'two']);
	});
});
