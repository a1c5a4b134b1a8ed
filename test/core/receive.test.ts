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
	const fields = { token: 'secret' };
	const fingerprint = fingerprintOf('secret');

	test('refuses a call that was made before, until its window is over', () => {
		let now = 0;
		const guard = new ReplayGuard(() => now);
		const call = (key: string) => guard.refusal(fields, fingerprint, { key, window: 1000 });
		expect([call('a'), call('a'), call('b')]).toEqual([undefined, 409, undefined]);
		now = 999;
		expect(call('a')).toBe(409);
		now = 1000;
		expect(call('a')).toBeUndefined();
		expect([guard.forged, guard.replayed]).toEqual([0, 2]);
	});

	test('remembers the last 1000 calls, and a forged call takes no place among them', () => {
		const guard = new ReplayGuard(() => 0);
		const call = (key: string, token = 'secret') => guard.refusal({ token }, fingerprint, { key, window: 1000 });
		for (let index = 0; index < 1000; index++) expect(call(`${index}`)).toBeUndefined();
		for (let index = 0; index < 5000; index++) expect(call(`forged ${index}`, 'x')).toBe(403);
		expect(call('0')).toBe(409);
		expect(call('1000')).toBeUndefined();
		expect(call('0')).toBeUndefined();
		expect(guard.forged).toBe(5000);
	});

	test('lets calls pass that nothing tells apart', () => {
		const guard = new ReplayGuard(() => 0);
		expect([guard.refusal(fields, fingerprint, undefined), guard.refusal(fields, fingerprint, undefined)]).toEqual([
			undefined,
			undefined,
		]);
	});
});
