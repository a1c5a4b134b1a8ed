import { beforeAll, describe, expect, test } from '@jest/globals';
import type { IExecuteFunctions, INodeType } from 'n8n-workflow';
import type { SsoClient } from '../../src/simulator/services/identity/sso';
import { tokensOf } from '../support/signIn';
import { addType, itemsOf, jsonOf, launch, makeWorkflow, nodeTypes, outcomeOf } from './engine';
import { nodeOf, read } from './examples';
import { withNas, type Scene } from './support';

/** As much of n8n's HTTP Request node as the example uses: the request with a credential is that of n8n-core. */
const httpRequest: INodeType = {
	description: {
		...nodeTypes.getByName('start').description,
		name: 'httpRequest',
		properties: ['nodeCredentialType', 'url'].map((name) => ({ displayName: name, name, type: 'string', default: '' })),
	} as never,
	async execute(this: IExecuteFunctions) {
		const type = this.getNodeParameter('nodeCredentialType', 0) as string;
		const url = this.getNodeParameter('url', 0) as string;
		const answer = await this.helpers.httpRequestWithAuthentication.call(this, type, { url, json: true });
		return [[{ json: answer }]];
	},
};

const example = read('identity-sign-in.json');

/** Calls the webhook of the example with a token; gives how the nodes behind it ended. */
async function call({ credentials }: Scene, client: SsoClient, authorization?: string) {
	const nodes = example.nodes.map((node) =>
		node.name === 'Verify the token' ? { ...node, parameters: { ...node.parameters, client_id: client.id } } : node,
	);
	const workflow = makeWorkflow(nodes, example.connections);
	const items = itemsOf({ headers: { ...(authorization !== undefined && { authorization }) } });
	const { run } = await launch(workflow, nodeOf(example, 'On a call'), items, credentials);
	const { runData } = (await run).data.resultData;
	return { names: Object.keys(runData), verified: outcomeOf(await run, 'Verify the token') };
}

describe('the example identity-sign-in', () => {
	beforeAll(() => addType('httpRequest', httpRequest));

	test('answers whoever sends an ID token of the NAS for its application', async () => {
		await withNas({}, async (scene) => {
			const { client, id_token: token } = await tokensOf(scene.simulator, 'bob');
			const { names, verified } = await call(scene, client, `Bearer ${token}`);
			expect(jsonOf(verified.outputs[0])).toMatchObject([{ username: 'bob', groups: ['users'] }]);
			expect(names).toEqual(['On a call', 'Verify the token', 'Welcome']);
		});
	});

	test('refuses a call without a token, with a forged one, and with one for another application', async () => {
		await withNas({}, async (scene) => {
			const mine = await tokensOf(scene.simulator, 'bob');
			const theirs = await tokensOf(scene.simulator, 'bob');
			const forged = `${mine.id_token.slice(0, mine.id_token.lastIndexOf('.'))}.${'A'.repeat(342)}`;
			for (const authorization of [undefined, `Bearer ${forged}`, `Bearer ${theirs.id_token}`]) {
				const { names } = await call(scene, mine.client, authorization);
				expect(names).toEqual(['On a call', 'Verify the token', 'Refuse']);
			}
		});
	});

	test('asks the NAS who connected the credential', async () => {
		await withNas({}, async (scene) => {
			const { client, access_token: token } = await tokensOf(scene.simulator, 'alice');
			const url = `${scene.simulator.url}/webman/sso/SSOUserInfo.cgi`;
			const chosen = { synologySsoOAuth2Api: { id: '3', name: 'sso' } };
			const nodes = example.nodes.map((node) =>
				node.name === 'Who signed in'
					? { ...node, credentials: chosen, parameters: { ...node.parameters, url } }
					: node,
			);
			const sso = {
				grantType: 'authorizationCode',
				clientId: client.id,
				clientSecret: client.secret,
				accessTokenUrl: `${scene.simulator.url}/webman/sso/SSOAccessToken.cgi`,
				authentication: 'body',
				oauthTokenData: { access_token: token, token_type: 'bearer' },
			};
			const workflow = makeWorkflow(nodes, example.connections);
			const secrets = { ...scene.credentials, sso: sso as never };
			const { run } = await launch(workflow, nodeOf(example, 'When clicking'), itemsOf({}), secrets);
			const outcome = outcomeOf(await run, 'Who signed in');
			expect(outcome.error).toBeUndefined();
			expect(jsonOf(outcome.outputs[0])).toMatchObject([{ username: 'alice', email: 'alice@example.com' }]);
		});
	});
});
