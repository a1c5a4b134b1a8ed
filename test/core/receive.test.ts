import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bearsToken, fingerprintOf, ReplayGuard, readFields } from '../../src/core/receive';

describe('the fields of a call', () => {
	const form = 'token=abc&text=deploy+prod%20%26&user_id=7';

	test('are read from a form, from JSON, from a query, and from bodies that a host has parsed', () => {
		const wanted = { token: 'abc', text: 'deploy prod &', user_id: '7' };
		expect(readFields({}, form)).toEqual(wanted);
		expect(readFields(wanted, '')).toEqual(wanted);
		expect(readFields(wanted, undefined)).toEqual(wanted);
		expect(readFields({}, wanted)).toEqual(wanted);
		expect(readFields({}, JSON.stringify({ ...wanted, user_id: 7 }))).toEqual({ ...wanted, user_id: 7 });
	});

	test('are those of "payload" where there is one, as text or as an object', () => {
		const press = { token: 'abc', callback_id: 'c', actions: [{ name: 'go' }] };
		expect(readFields({}, `payload=${encodeURIComponent(JSON.stringify(press))}`)).toMatchObject(press);
		expect(readFields({ payload: JSON.stringify(press) }, '')).toMatchObject(press);
		expect(readFields({}, { payload: press, token: 'other' })).toMatchObject(press);
		expect(readFields({}, 'payload=not%20json&text=x')).toEqual({ payload: 'not json', text: 'x' });
	});

	test('never throw, whatever a stranger sends', () => {
		fc.assert(
			fc.property(fc.anything(), fc.dictionary(fc.string(), fc.anything()), (body, query) => {
				expect(bearsToken(readFields(query, body), fingerprintOf('secret'))).toBe(false);
			}),
		);
	});
});

describe('the token of a call', () => {
	test('is known by its fingerprint, bare or in quotes, and nothing else is', () => {
		const fingerprint = fingerprintOf('secret');
		expect(bearsToken({ token: 'secret' }, fingerprint)).toBe(true);
		expect(bearsToken({ token: '"secret"' }, fingerprint)).toBe(true);
		for (const token of ['', 'secre', 'secrets', 'Secret', 7, null, ['secret'], undefined])
			expect(bearsToken({ token }, fingerprint)).toBe(false);
	});

	test('lets nobody in where no token is registered', () => {
		expect(bearsToken({ token: '' }, '')).toBe(false);
		expect(bearsToken({ token: '' }, fingerprintOf(''))).toBe(false);
		expect(bearsToken({ token: 'x' }, '')).toBe(false);
	});
});

describe('the replay guard', () => {
	test('refuses a call that was made before, until its window is over', () => {
		let now = 0;
		const guard = new ReplayGuard(() => now);
		const isReplay = (key: string) => guard.isReplay({ key, window: 1000 });
		expect([isReplay('a'), isReplay('a'), isReplay('b')]).toEqual([false, true, false]);
		now = 999;
		expect(isReplay('a')).toBe(true);
		now = 1000;
		expect(isReplay('a')).toBe(false);
		expect([guard.forged, guard.replayed]).toEqual([0, 2]);
	});

	test('remembers all calls of a window, however many, and none of an older one', () => {
		let now = 0;
		const guard = new ReplayGuard(() => now);
		const replays = () => Array.from({ length: 5000 }, (_, key) => guard.isReplay({ key: `${key}`, window: 1000 }));
		expect(replays().filter(Boolean)).toHaveLength(0);
		expect(replays().filter(Boolean)).toHaveLength(5000);
		now = 1000;
		expect(replays().filter(Boolean)).toHaveLength(0);
	});

	test('counts calls with a wrong token', () => {
		const guard = new ReplayGuard();
		const fingerprint = fingerprintOf('secret');
		expect(['secret', 'x', ''].map((token) => guard.isGenuine({ token }, fingerprint))).toEqual([true, false, false]);
		expect(guard.forged).toBe(2);
	});
});
