import { everyFiveSeconds } from './n8n/rest.cjs';

export const PACKAGE = '@synoflow/n8n-nodes-synology';

export interface CredentialRef {
	id: string;
	name: string;
}

export const manual = {
	id: 'start',
	name: 'Start',
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

export const nodeOf = (type: string, name: string, parameters: object, credential: CredentialRef) => ({
	id: name,
	name,
	type: `${PACKAGE}.${type}`,
	typeVersion: 1,
	position: [260, 0],
	parameters,
	credentials: { synologyNasApi: credential },
});

export const chatNode = (name: string, parameters: object, credential: CredentialRef) =>
	nodeOf('synologyChat', name, parameters, credential);

/** A trigger on new messages that polls every five seconds, or as `pollTimes` say. */
export const newMessage = (name: string, credential: CredentialRef, pollTimes: object = everyFiveSeconds) => ({
	...chatNode(name, { event: 'messageReceived', pollTimes }, credential),
	type: `${PACKAGE}.synologyChatTrigger`,
	position: [0, 0],
});

/** A webhook that answers at once; `path` names it. */
export const webhook = (path: string) => ({
	id: 'webhook',
	name: 'Webhook',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	webhookId: path,
	position: [0, 0],
	parameters: { httpMethod: 'POST', path, responseMode: 'onReceived' },
});

export const driveNode = (name: string, parameters: object, credential: CredentialRef) => ({
	...chatNode(name, parameters, credential),
	type: `${PACKAGE}.synologyDrive`,
});

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

export const wire = (from: string, to: string, type = 'main') => ({
	[from]: { [type]: [[{ node: to, type, index: 0 }]] },
});
