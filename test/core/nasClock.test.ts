import { describe, expect, test } from '@jest/globals';
import { NasClock } from '../../src/core/nasClock';
import { withNas } from '../support/nas';

const NOON = Date.UTC(2026, 10, 22, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function scene() {
	let ours = NOON;
	const clock = new NasClock({ now: () => ours });
	return {
		clock,
		later: (milliseconds: number) => (ours += milliseconds),
		hear: (ahead: number) => clock.hear(new Date(ours + ahead).toUTCString()),
		ahead: () => clock.now() - ours,
	};
}

describe('the clock of the NAS', () => {
	test('is taken from the first answer, however wrong ours is', () => {
		const { hear, ahead } = scene();
		hear(-3 * HOUR);
		expect(ahead()).toBe(-3 * HOUR);
	});

	test('is corrected by up to a minute at once', () => {
		const { hear, ahead } = scene();
		hear(0);
		hear(MINUTE);
		expect(ahead()).toBe(MINUTE);
		hear(MINUTE + 1000);
		expect(ahead()).toBe(MINUTE);
	});

	test('does not jump by one answer, nor by several that do not agree', () => {
		const { hear, ahead, later } = scene();
		hear(0);
		for (const odd of [HOUR, 365 * 24 * HOUR, -26 * 365 * 24 * HOUR]) {
			hear(odd);
			later(9 * MINUTE);
			hear(0);
			later(9 * MINUTE);
		}
		expect(ahead()).toBe(0);
	});

	test('follows when all answers of ten minutes agree', () => {
		const { hear, ahead, later } = scene();
		hear(0);
		for (let minute = 0; minute < 10; minute++) {
			hear(HOUR);
			later(MINUTE);
			expect(ahead()).toBe(0);
		}
		hear(HOUR);
		expect(ahead()).toBe(HOUR);
	});

	test('says nothing by a header that is no date', () => {
		const { clock, ahead } = scene();
		clock.hear('soon');
		clock.hear(undefined);
		expect(ahead()).toBe(0);
	});

	test('is not read from a page of a proxy, nor from an error', async () => {
		await withNas({ apis: ['SYNO.DSM.Info'] }, async ({ dsm, simulator }) => {
			const call = { api: 'SYNO.DSM.Info', method: 'getinfo', version: 2, readOnly: true } as const;
			await dsm.call(call);
			const real = dsm.now();
			// Within a step, so that an answer of DSM would count.
			simulator.nas.lies.date = (now) => now + 30_000;
			simulator.nas.faults.badGateway(20);
			await dsm.call(call).catch(() => undefined);
			simulator.nas.faults.clear();
			const spent = () => simulator.nas.clock.now();
			expect(Math.abs(dsm.now() - spent())).toBeLessThan(2000);
			simulator.nas.faults.next({ code: 400 });
			await dsm.call(call).catch(() => undefined);
			expect(Math.abs(dsm.now() - spent())).toBeLessThan(2000);
			await dsm.call(call);
			expect(dsm.now() - spent()).toBeGreaterThan(28_000);
			expect(real).toBeLessThanOrEqual(dsm.now());
		});
	});
});
