import { describe, expect, test } from '@jest/globals';
import { sampleParams } from '../../src/build/samples';
import { stageBots } from '../../src/build/samples/bots';
import { operationsOf } from '../../src/services';
import { chat } from '../../src/services/chat';
import { callsOf, idOf } from '../../src/catalog/operation';
import { withNas } from '../support/nas';

describe('the examples of the reference', () => {
	test.each(operationsOf(chat).map((operation) => [idOf(operation), operation] as const))(
		'%s gets an answer and no refusal',
		async (id, operation) => {
			await withNas({}, async ({ simulator, pool, dsm: session }) => {
				const tokens = stageBots(simulator.nas);
				const token = callsOf(operation).some(({ method }) => method === 'incoming') ? tokens.webhook : tokens.bot;
				const dsm = operation.token ? pool.acquire({ url: simulator.url, token }).dsm : session;
				const answer: unknown = await dsm.do(operation, sampleParams(id, operation.params));
				expect(answer).toBeDefined();
			});
		},
	);
});
