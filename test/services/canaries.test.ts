import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { sampleParams } from '../../src/build/samples';
import { callsOf, idOf } from '../../src/catalog/operation';
import { watchOddValues } from '../../src/catalog/row';
import type { ConnectionInput } from '../../src/core/connection';
import { createPool } from '../../src/core/pool';
import { explain, rightOf, serviceOf, spacingOf } from '../../src/services';
import type { ApiReply, ApiRequest } from '../../src/simulator';
import { testHost, withNas, type Scene } from '../support/nas';
import { formsOf, NEEDED, secretOperations, type SecretOperation } from '../support/secretOperations';

/** A NAS that repeats in its refusal everything that it was sent. */
const repeats = ({ raw }: ApiRequest): ApiReply => ({ error: 120, errors: { name: 'x', reason: JSON.stringify(raw) } });
/** A proxy that does so in a page. */
const pages = ({ raw }: ApiRequest): ApiReply => ({
	file: Buffer.from(`<html>${JSON.stringify(raw)}</html>`),
	name: '',
	type: 'text/html',
});
const ANSWERS = { 'as it does': undefined, 'a refusal that repeats it': repeats, 'a page that repeats it': pages };

interface Said {
	/** Errors and lines of the log. */
	text: string;
	/** What a flow gets. */
	result: string;
	/** Addresses that were asked for. */
	addresses: string;
	/** What the host keeps. */
	stored: string;
}

async function said(
	{ operation }: SecretOperation,
	canaries: Record<string, string>,
	answer: ((request: ApiRequest) => ApiReply) | undefined,
): Promise<Said> {
	return await withNas({ allowUnknown: true }, async (scene: Scene) => {
		const { simulator, connection } = scene;
		simulator.nas.installAll();
		if (answer)
			simulator.use(Object.fromEntries(callsOf(operation).map((call) => [`${call.api}.${call.method}`, answer])));
		const lines: string[] = [];
		const kept: string[] = [];
		const host = testHost(simulator.nas.clock, lines);
		host.store = { ...host.store, set: async (key, value) => await Promise.resolve(void kept.push(key, value ?? '')) };
		const pool = createPool({ host, explain, rightOf, serviceOf, spacingOf });
		const errors: unknown[] = [];
		let result: unknown;
		try {
			const settings = (
				operation.token ? { url: connection.url, token: 'token-of-a-bot' } : connection
			) as ConnectionInput;
			const params = { ...sampleParams(idOf(operation), operation.params), ...canaries };
			result = await pool.acquire(settings).dsm.do(operation, params as never);
		} catch (error) {
			errors.push(error, pool.redactValue((error as { details?: unknown }).details));
		} finally {
			await pool.close();
		}
		const asked = simulator.requests.map(({ path, query }) => path + JSON.stringify(query));
		return {
			text: [...lines, ...errors.map((error) => inspect(error, { depth: 8 }))].join('\n'),
			result: JSON.stringify(result ?? null),
			addresses: asked.join('\n'),
			stored: kept.join('\n'),
		};
	});
}

describe('a secret that an operation takes', () => {
	test('is known of all services', () => {
		expect(secretOperations.length).toBeGreaterThan(20);
	});

	test.each(secretOperations.map((one) => [one.id, one] as const))(
		'by %s appears in no log, no error, no result, no address and no memory',
		async (id, one) => {
			watchOddValues(() => undefined);
			const found: string[] = [];
			for (const [how, answer] of Object.entries(ANSWERS)) {
				const canaries = Object.fromEntries(one.secrets.map(({ name }, n) => [name, `Canary-${n}/7781+${id}`]));
				const all = await said(one, canaries, answer);
				for (const [name, canary] of Object.entries(canaries))
					for (const [where, text] of Object.entries(all))
						if (NEEDED[`${id} ${name}`] !== where && formsOf(canary).some((form) => text.includes(form)))
							found.push(`${name} in ${where} (${how})`);
			}
			expect(found).toEqual([]);
		},
	);
});
