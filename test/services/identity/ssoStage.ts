import { SettableClock } from '../../../src/simulator';
import { ssoServerOf, type SsoClient, type SsoServer } from '../../../src/simulator/services/identity/sso';
import { withNas, type Scene } from '../../support/nas';
import { atSsoServer } from '../../support/signIn';
import { operations } from './stage';

export const { ssoServer } = operations;
export const REDIRECT = 'https://n8n.example.com/webhook/signed-in';

export interface SsoScene extends Scene {
	server: SsoServer;
	client: SsoClient;
	clock: SettableClock;
}

export async function withSso(run: (scene: SsoScene) => Promise<void>): Promise<void> {
	const clock = new SettableClock(Date.now());
	await withNas({ clock }, async (scene) => {
		const server = ssoServerOf(scene.simulator.nas);
		await run({ ...scene, server, client: server.register(REDIRECT), clock });
	});
}

/** A sign-in up to the tokens, with what has to be kept meanwhile. */
export async function tokens({ dsm, simulator, client }: SsoScene, name = 'alice') {
	const address = await dsm.do(ssoServer.buildAddress, { client_id: client.id, redirect_uri: REDIRECT });
	const back = await atSsoServer(simulator, address.url, name);
	const params = {
		code: back.get('code')!,
		state: back.get('state')!,
		expected_state: address.state,
		nonce: address.nonce,
		client_id: client.id,
		client_secret: client.secret,
		redirect_uri: REDIRECT,
		...(address.code_verifier !== undefined && { code_verifier: address.code_verifier }),
	};
	return { address, params };
}
