import { describe, expect, test } from '@jest/globals';
import { idOf } from '../../src/catalog/operation';
import { operationsOf, services, triggersOf } from '../../src/services';
import { operationWithLies, triggerWithLies, type Told } from '../support/malformed';

/** What no answer may lead to. What only reads may start work of the NAS, and fail. */
const faulty = (told: Told[], readOnly = false): Told[] =>
	told.filter(({ is, wrote }) => is === 'raw' || (is === 'unreadable' && wrote && !readOnly));

describe.each(services.map(({ id, load }) => [id, load()] as const))(
	'successes of %s that lack what they should hold',
	(_, service) => {
		test.each(operationsOf(service).map((operation) => [idOf(operation), operation] as const))(
			'%s never fails with an error of the language, and never takes a write for not done',
			async (id, operation) => {
				const told = await operationWithLies(operation);
				expect(faulty(told, operation.readOnly)).toEqual([]);
			},
		);

		const triggers = triggersOf(service).map((trigger) => [idOf(trigger), trigger] as const);
		if (triggers.length > 0)
			test.each(triggers)('%s polls without an error of the language', async (id, trigger) => {
				const told = await triggerWithLies(trigger);
				expect(faulty(told)).toEqual([]);
			});
	},
);
