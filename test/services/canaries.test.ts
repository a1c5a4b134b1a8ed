import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { sampleParams } from '../../src/build/samples';
import { callsOf, idOf, type AnyOperation } from '../../src/catalog/operation';
import { watchOddValues } from '../../src/catalog/row';
import type { ConnectionInput } from '../../src/core/connection';
import { createPool } from '../../src/core/pool';
import { fieldsOf } from '../../src/host/form';
import { allServices, explain, operationsOf, rightOf, serviceOf, spacingOf } from '../../src/services';
import type { ApiReply, ApiRequest } from '../../src/simulator';
import { testHost, withNas, type Scene } from '../support/nas';

/** Operations that take a secret, with the names of the fields that do. */
const withSecrets = allServices()
	.flatMap((service): AnyOperation[] => operationsOf(service))
	.flatMap((operation) => {
		const names = fieldsOf(operation.params)
			.filter(({ kind, masked }) => kind === 'secret' || masked)
			.map(({ name }) => name);
		return names.length > 0 ? [{ operation, names }] : [];
	});

/** What one secret may look like on its way: as it is, in JSON, in an address, in Base64. */
const forms = (secret: string): string[] => [
	secret,
	encodeURIComponent(secret),
	Buffer.from(secret).toString('base64'),
];

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
	{ operation }: (typeof withSecrets)[number],
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

/** Where a secret has to be, and why. */
const KNOWN: Record<string, string> = {
	// Drive tells the password of a link and of a request to whoever may set it: that is what the operations read.
	'drive.link.create protect_password': 'result',
	'drive.link.update protect_password': 'result',
	'drive.fileRequest.create protect_password': 'result',
	'drive.fileRequest.update protect_password': 'result',
	// SSO Server takes the token of its old page in the address alone (identity.md 1.9).
	'identity.ssoServer.verifyPageToken access_token': 'addresses',
};

describe('a secret that an operation takes', () => {
	test('is known of all services', () => {
		expect(withSecrets.length).toBeGreaterThan(20);
	});

	test.each(withSecrets.map((one) => [idOf(one.operation), one] as const))(
		'by %s appears in no log, no error, no result, no address and no memory',
		async (id, one) => {
			watchOddValues(() => undefined);
			const found: string[] = [];
			for (const [how, answer] of Object.entries(ANSWERS)) {
				const canaries = Object.fromEntries(one.names.map((name, n) => [name, `Canary-${n}/7781+${id}`]));
				const all = await said(one, canaries, answer);
				for (const [name, canary] of Object.entries(canaries))
					for (const [where, text] of Object.entries(all))
						if (KNOWN[`${id} ${name}`] !== where && forms(canary).some((form) => text.includes(form)))
							found.push(`${name} in ${where} (${how})`);
			}
			expect(found).toEqual([]);
		},
	);
});
