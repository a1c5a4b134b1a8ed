import { describe, expect, test } from '@jest/globals';
import { allServices, serviceById } from '../../src/services';
import { additionalTo, sharedParams, watchedOf } from '../../src/host/additional';
import { fieldsOf, schemaOf } from '../../src/host/form';
import { Places } from '../../src/host/places';
import type { Place } from '../../src/host/poll';
import { failure } from '../support/nas';
import { MemoryPlace } from '../support/place';

const chat = serviceById('chat').triggers;
const system = serviceById('system').triggers;
const drive = serviceById('drive').triggers;

describe('additional events', () => {
	test('are those whose required parameters the form has', () => {
		expect(additionalTo(chat, 'messageReceived')).toHaveLength(Object.keys(chat).length - 1);
		expect(additionalTo(chat, 'messageReceived')).not.toContain('keywordFound');
		expect(additionalTo(chat, 'keywordFound')).toEqual(Object.keys(chat));
		expect(additionalTo(serviceById('file').triggers, 'fileCreated')).toContain('fileDeleted');
		expect(additionalTo(serviceById('file').triggers, 'linkCreated')).not.toContain('fileDeleted');
	});

	test('of every service find in the form what they must be given, in the meaning that they give it', () => {
		const wrong = allServices().flatMap(({ id, triggers }) =>
			Object.entries(triggers).flatMap(([name, form]) =>
				additionalTo(triggers, name).flatMap((other) => {
					const values = Object.fromEntries(fieldsOf(form.params).map((field) => [field.name, 'x']));
					const shared = sharedParams(form, triggers[other]!, values);
					const missing = fieldsOf(triggers[other]!.params).filter((one) => one.required && !(one.name in shared));
					return missing.map((field) => `${id}.${name} + ${other}: ${field.name}`);
				}),
			),
		);
		expect(wrong).toEqual([]);
	});

	test('of every service have no field "event" of their own, which says the name of the event', () => {
		const fields = allServices().flatMap(({ id, triggers }) =>
			Object.entries(triggers).flatMap(([name, { event }]) =>
				Object.keys(schemaOf(event, 'output').properties ?? {}).map((field) => `${id}.${name}.${field}`),
			),
		);
		expect(fields.length).toBeGreaterThan(1000);
		expect(fields.filter((field) => field.endsWith('.event'))).toEqual([]);
	});

	test('take the values that mean the same for them, and no others', () => {
		const values = { folder: '/mydrive/docs', subfolders: false, kind: 'file', pattern: '*.pdf', download: true };
		expect(sharedParams(drive['fileCreated']!, drive['fileUpdated']!, values)).toEqual(values);
		expect(sharedParams(drive['fileCreated']!, drive['fileStarred']!, values)).toEqual({
			pattern: '*.pdf',
			download: true,
		});
		const given = { threshold: 80, minutes: 5, recovered: true };
		// Degrees are no percent.
		expect(sharedParams(system['temperatureHigh']!, system['cpuHigh']!, given)).toEqual({ recovered: true });
		expect(sharedParams(system['cpuHigh']!, system['memoryHigh']!, given)).toEqual(given);
	});

	test('are each watched once, the chosen one first', () => {
		const watched = watchedOf(drive, 'fileMoved', ['fileCreated', 'fileMoved', 'fileCreated']);
		expect([...watched.keys()]).toEqual(['fileMoved', 'fileCreated']);
	});

	test.each([
		['nothing', 'there is no event "nothing"'],
		['toString', 'there is no event "toString"'],
		['keywordFound', '"Keyword found" needs parameters that "Message received" does not have'],
	])('such as "%s" are refused with a reason', async (name, text) => {
		const error = await failure(Promise.resolve().then(() => watchedOf(chat, 'messageReceived', [name])));
		expect(error.message).toContain(`"Additional Events" does not fit: ${text}.`);
		expect(error.hint).toContain('Choose');
	});
});

describe('the places of a node', () => {
	const place = (of: string, at = 1): Place => ({ v: 2, of, cursor: { at }, recent: [] });
	const open = (store: MemoryPlace, ...names: string[]) => {
		const added: string[] = [];
		return { places: new Places({ store, names, added: (name) => void added.push(name) }), added };
	};
	const several = (events: object) => ({ v: 3, events });

	test('are kept as one value; with one event, as that place alone', async () => {
		const store = new MemoryPlace();
		const two = open(store, 'a', 'b');
		await Promise.all([two.places.at('a', 'A').save(place('A')), two.places.at('b', 'B').save(place('B'))]);
		expect(store.saved).toEqual(several({ a: place('A'), b: place('B') }));
		const one = open(store, 'a');
		expect(await one.places.at('a', 'A').load()).toEqual(place('A'));
		await one.places.at('a', 'A').save(place('A', 2));
		expect(store.saved).toEqual(place('A', 2));
		expect([...two.added, ...one.added]).toEqual([]);
	});

	test('go over to a node with several events, whichever of them is the chosen one', async () => {
		for (const names of [
			['a', 'b'],
			['b', 'a'],
		]) {
			const { places, added } = open(new MemoryPlace(place('A')), ...names);
			expect(await places.at('a', 'A').load()).toEqual(place('A'));
			await places.at('b', 'B').load();
			expect(added).toEqual(names[0] === 'a' ? ['b'] : []);
		}
	});

	test('of what is not watched any more are forgotten, so that it begins at "now" when it is added again', async () => {
		const store = new MemoryPlace(several({ a: place('A'), b: place('B') }));
		await open(store, 'a', 'c').places.at('c', 'C').save(place('C'));
		expect(store.saved).toEqual(several({ a: place('A'), c: place('C') }));
		const again = open(store, 'a', 'b');
		expect(await again.places.at('b', 'B').load()).toBeUndefined();
		expect(again.added).toEqual(['b']);
	});

	test('of a new node are all missing, of which nobody is told', async () => {
		const { places, added } = open(new MemoryPlace(), 'a', 'b');
		expect([await places.at('a', 'A').load(), await places.at('b', 'B').load()]).toEqual([undefined, undefined]);
		expect(added).toEqual([]);
	});
});
