import { describe, expect, test } from '@jest/globals';
import { sampleParams } from '../../src/build/samples';
import { operationsOf } from '../../src/catalog';
import { chat } from '../../src/catalog/chat';
import { idOf } from '../../src/catalog/operation';
import { withNas } from '../support/nas';

describe('the examples of the reference', () => {
	test.each(operationsOf(chat).map((operation) => [idOf(operation), operation] as const))(
		'%s gets an answer and no refusal',
		async (id, operation) => {
			await withNas({}, async ({ dsm }) => {
				const answer: unknown = await dsm.do(operation, sampleParams(id, operation.params));
				expect(answer).toBeDefined();
			});
		},
	);
});
