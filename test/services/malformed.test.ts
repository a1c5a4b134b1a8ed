import { describe, expect, test } from '@jest/globals';
import { appendFileSync } from 'node:fs';
import { idOf } from '../../src/catalog/operation';
import { operationsOf, services, triggersOf } from '../../src/services';
import { operationWithLies, triggerWithLies } from '../support/malformed';

describe.each(services.map(({ id, load }) => [id, load()] as const))('%s', (_, service) => {
	test.each(operationsOf(service).map((one) => [idOf(one), one] as const))('%s', async (id, operation) => {
		const told = await operationWithLies(operation);
		for (const one of told) appendFileSync('/tmp/told.jsonl', JSON.stringify({ ...one, readOnly: operation.readOnly ?? false }) + '\n');
		expect(told.filter(({ is }) => is === 'raw')).toEqual([]);
	});
	const triggers = triggersOf(service);
	if (triggers.length > 0)
		test.each(triggers.map((one) => [idOf(one), one] as const))('%s', async (id, trigger) => {
			const told = await triggerWithLies(trigger);
			for (const one of told) appendFileSync('/tmp/told.jsonl', JSON.stringify({ ...one, readOnly: true }) + '\n');
			expect(told.filter(({ is }) => is === 'raw')).toEqual([]);
		});
});
