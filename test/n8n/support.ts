import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { closeSharedPool } from '../../src/n8n/pool';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator';
import { chatOf, type ChatState } from '../../src/simulator/services/chat/state';
import type { Credentials } from './engine';

/** A simulated NAS, its Chat, and the credential "nas" that fits it. */
export interface Scene {
	simulator: Simulator;
	chat: ChatState;
	credential: ICredentialDataDecryptedObject;
	credentials: Credentials;
}

/** Starts a simulated NAS, runs the scene, and ends both it and n8n's sessions. */
export async function withNas<T>(options: SimulatorOptions, run: (scene: Scene) => Promise<T>): Promise<T> {
	const simulator = await startSimulator(options);
	const chat = chatOf(simulator.nas);
	// Tests do not wait for the pause between two posts.
	chat.switches.minSpacingMs = 0;
	const credential = credentialOf(simulator);
	try {
		return await run({ simulator, chat, credential, credentials: { nas: credential } });
	} finally {
		await closeSharedPool();
		await simulator.close();
	}
}

/** The credential as n8n stores it: every field of the form is there, empty ones too. */
export const credentialOf = ({
	url,
	account,
	password,
	otpSecret = '',
}: Simulator): ICredentialDataDecryptedObject => ({
	url,
	account,
	password,
	otpSecret,
	otpCode: '',
	deviceName: 'Synoflow',
	deviceId: '',
	tls: 'verify',
	ca: '',
	fingerprint: '',
	headers: '',
	timeout: 60,
	allowedHttpRequestDomains: 'all',
});

/** Requests that reached the NAS since `before`, as "API method". */
export const callsSince = (simulator: Simulator, before = 0): string[] =>
	simulator.requests.slice(before).map(({ api, method }) => `${api} ${method}`);
