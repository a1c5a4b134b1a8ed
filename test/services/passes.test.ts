import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { callsOf, idOf } from '../../src/catalog/operation';
import { allServices, operationsOf, triggersOf } from '../../src/services';

const passOf = (service: string, name: string): string =>
	readFileSync(`test/services/${service}/${name}.test.ts`, 'utf8');

test('every service lets each of its operations and triggers meet successes that lack what they should hold', () => {
	for (const { id } of allServices())
		expect(passOf(id, 'malformed')).toContain(`survivesMalformed(serviceById('${id}'))`);
});

test('every service but the one whose calls the user names lets the answer of each of its writes be lost', () => {
	for (const { id } of allServices())
		if (id !== 'api') expect(passOf(id, 'lostAnswers')).toContain(`findsOutLost(serviceById('${id}'))`);
});

test('every operation and trigger makes requests that these passes can answer, but for those of other ways', () => {
	const items = allServices().flatMap((service) => [...operationsOf(service), ...triggersOf(service)]);
	const silent = items.filter((item) => {
		const calls = item.kind === 'trigger' ? item.uses : callsOf(item);
		return calls.every(({ api }) => api.startsWith('SYNO.API.')) && !('dav' in item && item.dav);
	});
	expect(silent.map(idOf).sort()).toEqual([
		// The user names the call; the list of APIs and of ways to sign in; packets of the network.
		...['api.call.download', 'api.call.run', 'api.call.upload', 'api.nas.listApis', 'api.nas.listSignInMethods'],
		...['system.nas.wake', 'system.nasReachable', 'system.nasUnreachable'],
	]);
});
