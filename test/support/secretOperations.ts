import { sampleParams } from '../../src/build/samples';
import { callsOf, idOf, type AnyOperation } from '../../src/catalog/operation';
import { fieldsOf, type Field } from '../../src/host/form';
import { allServices, operationsOf } from '../../src/services';
import type { ApiReply, ApiRequest, Simulator } from '../../src/simulator';

export interface SecretOperation {
	id: string;
	operation: AnyOperation;
	/** Its fields that hold a secret. */
	secrets: Field[];
}

/** Every operation that takes a secret. */
export const secretOperations: readonly SecretOperation[] = allServices()
	.flatMap((service): AnyOperation[] => operationsOf(service))
	.flatMap((operation) => {
		const secrets = fieldsOf(operation.params).filter(({ kind, masked }) => kind === 'secret' || masked);
		return secrets.length > 0 ? [{ id: idOf(operation), operation, secrets }] : [];
	});

/** Where a secret has to be, and why, by operation and field. */
export const NEEDED: Readonly<Record<string, string>> = {
	// Drive tells the password of a link and of a request to whoever may set it: that is what the operations read.
	'drive.link.create protect_password': 'result',
	'drive.link.update protect_password': 'result',
	'drive.fileRequest.create protect_password': 'result',
	'drive.fileRequest.update protect_password': 'result',
	// SSO Server takes the token of its old page in the address alone (identity.md 1.9).
	'identity.ssoServer.verifyPageToken access_token': 'addresses',
};

/** Those that nowhere show the secret, as a host runs them: with an account, not with the token of a bot. */
export const silentOperations = secretOperations.filter(
	({ id, operation, secrets }) => !operation.token && !secrets.some(({ name }) => `${id} ${name}` in NEEDED),
);

/** Parameters of such an operation that reach the simulated NAS, all but the secrets. */
export const paramsOf = ({ id, operation }: SecretOperation, { url }: Simulator): Record<string, unknown> => ({
	...sampleParams(id, operation.params),
	...(id.startsWith('webdav.') && { protocol: 'http', port: Number(new URL(url).port) }),
});

/** Ids of the operations whose calls have brought the secret to the NAS: otherwise nothing is shown by not finding it. */
export const thatSent = (secret: string, { requests }: Simulator): string[] =>
	silentOperations
		.filter(({ operation }) => {
			const names = callsOf(operation).map(({ api, method }) => `${api}.${method}`);
			return requests.some(
				({ api, method, params }) => names.includes(`${api}.${method}`) && JSON.stringify(params).includes(secret),
			);
		})
		.map(({ id }) => id);

/** A NAS that repeats in its refusal what it was sent. */
const repeats = ({ raw }: ApiRequest): ApiReply => ({ error: 120, errors: { name: 'x', reason: JSON.stringify(raw) } });

/** From now on the NAS refuses all of them so. */
export const refuseAll = (simulator: Simulator): void =>
	simulator.use(
		Object.fromEntries(
			silentOperations.flatMap(({ operation }) =>
				callsOf(operation).map((call) => [`${call.api}.${call.method}`, repeats]),
			),
		),
	);

/** What one secret may look like where it is found: as it is, in JSON, in an address, in Base64. */
export const formsOf = (secret: string): string[] => [
	secret,
	JSON.stringify(secret).slice(1, -1),
	encodeURIComponent(secret),
	Buffer.from(secret).toString('base64').replace(/=+$/, ''),
];

/** "secret in place" for each secret that some text holds. */
export const foundIn = (seen: Iterable<readonly [string, string]>, secrets: readonly string[]): string[] =>
	[...seen].flatMap(([where, text]) =>
		secrets.filter((one) => formsOf(one).some((form) => text.includes(form))).map((one) => `${one} in ${where}`),
	);
