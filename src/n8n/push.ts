import {
	LoggerProxy,
	NodeOperationError,
	type IDataObject,
	type IHookFunctions,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { idOf, registeredAs, type AnyPush, type Service } from '../catalog/operation';
import { parseBot, type BotInput } from '../core/bot';
import type { ConnectionInput } from '../core/connection';
import type { Dsm } from '../core/dsm';
import { parseParams } from '../core/faults';
import { fingerprintOf, LARGEST_CALL, type Fields } from '../core/receive';
import { later } from '../platform';
import { isRound, readRegistered, Receiver, Registration, type RegistrationStore } from '../host/push';
import { nodeError } from './failures';
import { connectionFor, sharedPool } from './pool';
import { readParams } from './values';

type Context = IHookFunctions | IWebhookFunctions;

/**
 * Milliseconds between the end of a node and the removal of its registration. n8n ends a workflow to publish it anew, and ends all of
 * them when it stops: neither may take the bot and its conversations away.
 */
const GRACE = 30_000;

/** Removals to come, by what is registered. */
const leaving = new Map<string, () => Promise<void>>();

/** Carries out what `delete` put off. For the end of a test, and for a stop that is known to be for good. */
export async function removeNow(): Promise<void> {
	await Promise.all([...leaving.values()].map(async (run) => await run()));
}

function chosen(service: Service, context: Context): AnyPush {
	const push = service.pushes?.[context.getNodeParameter('event') as string];
	if (push) return push;
	throw new NodeOperationError(context.getNode(), 'The event of this trigger is not known. Choose another one.');
}

const isAutomatic = (context: Context): boolean => context.getNodeParameter('registration') === 'automatic';

async function paramsOf(context: Context, push: AnyPush): Promise<object> {
	const params = await readParams(push, {
		read: (name) => context.getNodeParameter(name, undefined),
		timeZone: context.getTimezone(),
		file: async () => await Promise.reject(new Error('A trigger has no input.')),
	});
	return parseParams(push.params, params, idOf(push));
}

function addressOf(context: IHookFunctions): string {
	const url = context.getNodeWebhookUrl('default');
	if (url !== undefined) return url;
	throw new NodeOperationError(context.getNode(), 'n8n gives this node no address.');
}

/** One use of the connection of a node. */
async function using<T>(connection: ConnectionInput, push: AnyPush, run: (dsm: Dsm) => Promise<T>): Promise<T> {
	const lease = sharedPool().acquire(connection, { apis: push.uses.map(({ api }) => api) });
	try {
		return await run(lease.dsm.with({ operation: idOf(push) }));
	} finally {
		await lease.release();
	}
}

/** What a node keeps of its registration, in the static data of its workflow. */
function storeOf(context: Context): RegistrationStore {
	const data = context.getWorkflowStaticData('node');
	return {
		load: async () => await Promise.resolve(data),
		// n8n gives up the data itself when a node ends.
		save: async (registered) => await Promise.resolve(void Object.assign(data, registered)),
	};
}

async function registrationOf(service: Service, context: IHookFunctions): Promise<Registration> {
	const push = chosen(service, context);
	return new Registration({
		service,
		event: context.getNodeParameter('event') as string,
		push,
		params: await paramsOf(context, push),
		url: addressOf(context),
		store: storeOf(context),
	});
}

/** Runs a step of the registration; whatever it throws comes in n8n's form. */
async function step<T>(context: IHookFunctions, run: () => Promise<T>): Promise<T> {
	try {
		return await run();
	} catch (error) {
		throw nodeError(context.getNode(), error);
	}
}

/** `webhookMethods` of the push trigger: registers its address on the NAS, and removes it when the workflow is no longer published. */
export const registration = (service: Service) => ({
	default: {
		async checkExists(this: IHookFunctions): Promise<boolean> {
			if (!isAutomatic(this)) return true;
			return await step(this, async () => {
				const push = chosen(service, this);
				leaving.delete(registeredAs(push, addressOf(this)));
				const made = await registrationOf(service, this);
				return await using(await connectionFor(this), push, async (dsm) => await made.isCurrent(dsm));
			});
		},
		async create(this: IHookFunctions): Promise<boolean> {
			return await step(this, async () => {
				const made = await registrationOf(service, this);
				await using(await connectionFor(this), chosen(service, this), async (dsm) => await made.ensure(dsm));
				receivers.delete(nodeKey(this));
				return true;
			});
		},
		async delete(this: IHookFunctions): Promise<boolean> {
			if (!isAutomatic(this)) return true;
			return await step(this, async () => {
				const [push, url] = [chosen(service, this), addressOf(this)];
				const [made, connection] = [await registrationOf(service, this), await connectionFor(this)];
				const key = registeredAs(push, url);
				const run = async (): Promise<void> => {
					if (leaving.get(key) !== run) return;
					leaving.delete(key);
					try {
						await using(connection, push, async (dsm) => await made.remove(dsm));
					} catch (error) {
						LoggerProxy.warn(sharedPool().redact(`The registration of ${url} stays on the NAS: ${String(error)}`));
					}
				};
				leaving.set(key, run);
				later(GRACE, () => void run());
				return true;
			});
		},
	},
});

/** Receivers by node: what was seen and refused is known to the whole process, from one publication to the next. */
const receivers = new Map<string, Receiver>();

const nodeKey = (context: Context): string => `${context.getWorkflow().id ?? ''}:${context.getNode().id}`;

function receiverOf(context: IWebhookFunctions): Receiver {
	const key = nodeKey(context);
	const receiver = receivers.get(key) ?? new Receiver();
	receivers.set(key, receiver);
	return receiver;
}

/** What tells the token of this node; an empty text lets nobody in: the node is not registered. */
async function fingerprint(context: IWebhookFunctions): Promise<string> {
	if (isAutomatic(context)) return readRegistered(await storeOf(context).load()).fingerprint ?? '';
	return fingerprintOf(parseBot((await connectionFor(context, true)) as BotInput).token);
}

/** `webhook` of the push trigger: checks the token, then starts the workflow with the event. */
export const receive = (service: Service) =>
	async function (this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const response = this.getResponseObject();
		const end = (status: number): IWebhookResponseData => {
			response.status(status).end();
			return { noWebhookResponse: true };
		};
		try {
			if (Number(this.getHeaderData()['content-length'] ?? 0) > LARGEST_CALL) return end(413);
			const push = chosen(service, this);
			const params = await paramsOf(this, push);
			const query = this.getQueryData() as Fields;
			const received = receiverOf(this).receive(push, params, await fingerprint(this), query, this.getBodyData());
			if (received.status !== 200) {
				if (received.fault !== undefined)
					LoggerProxy.warn(
						`"${this.getNode().name}" refused a call ${received.fault}; further ones are refused in silence.`,
					);
				return end(received.status);
			}
			if (received.event === undefined) return end(200);
			const workflowData = [[{ json: received.event as IDataObject }]];
			if (this.getNodeParameter('responseMode') !== 'onReceived') return { workflowData };
			// n8n's own answer would hold words of its own: Chat gets a text to post, or nothing.
			const text = this.getNodeParameter('responseText', '') as string;
			if (text === '') response.status(200).end();
			else response.status(200).json({ text });
			return { workflowData, noWebhookResponse: true };
		} catch (error) {
			// n8n keeps each failure, and anybody can make any number of calls.
			if (!isRound(++receiverOf(this).failed)) return end(500);
			throw nodeError(this.getNode(), error);
		}
	};
