import { createHash } from 'node:crypto';
import {
	LoggerProxy,
	NodeOperationError,
	type IHookFunctions,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { idOf, registeredAs, type AnyPush, type Service } from '../catalog/operation';
import { parseBot, type BotInput } from '../core/bot';
import type { ConnectionInput } from '../core/connection';
import type { Dsm } from '../core/dsm';
import { parseParams } from '../core/faults';
import { fingerprintOf, Gate, LARGEST_CALL, readFields, type Fields } from '../core/receive';
import { nodeError } from './failures';
import { connectionFor, sharedPool } from './pool';
import { readParams } from './values';

type Context = IHookFunctions | IWebhookFunctions;

/** What a node keeps of its registration. Of the token it keeps no more than what tells it from others. */
interface Kept {
	v: 1;
	/** Address, event and parameters that were registered. */
	of: string;
	fingerprint: string;
}

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

async function paramsOf(context: Context, push: AnyPush): Promise<unknown> {
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

const kept = (context: Context): Partial<Kept> => context.getWorkflowStaticData('node') as Partial<Kept>;

const subjectOf = (push: AnyPush, url: string, params: unknown): string =>
	createHash('sha256')
		.update(JSON.stringify([idOf(push), url, params]))
		.digest('hex')
		.slice(0, 16);

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
				const [push, url] = [chosen(service, this), addressOf(this)];
				leaving.delete(registeredAs(push, url));
				const isCurrent = kept(this).of === subjectOf(push, url, await paramsOf(this, push));
				return isCurrent && (await using(await connectionFor(this), push, async (dsm) => await push.isThere(url, dsm)));
			});
		},
		async create(this: IHookFunctions): Promise<boolean> {
			return await step(this, async () => {
				const [push, url] = [chosen(service, this), addressOf(this)];
				const params = await paramsOf(this, push);
				const ensure = async (dsm: Dsm) => await push.ensure(params as never, url, dsm);
				const { token } = await using(await connectionFor(this), push, ensure);
				const state: Kept = { v: 1, of: subjectOf(push, url, params), fingerprint: fingerprintOf(token) };
				Object.assign(this.getWorkflowStaticData('node'), state);
				gates.delete(gateKey(this));
				return true;
			});
		},
		async delete(this: IHookFunctions): Promise<boolean> {
			if (!isAutomatic(this)) return true;
			return await step(this, async () => {
				const [push, url] = [chosen(service, this), addressOf(this)];
				const connection = await connectionFor(this);
				const key = registeredAs(push, url);
				const run = async (): Promise<void> => {
					if (leaving.get(key) !== run) return;
					leaving.delete(key);
					try {
						await using(connection, push, async (dsm) => await push.remove(url, dsm));
					} catch (error) {
						LoggerProxy.warn(sharedPool().redact(`The registration of ${url} stays on the NAS: ${String(error)}`));
					}
				};
				leaving.set(key, run);
				setTimeout(() => void run(), GRACE).unref();
				return true;
			});
		},
	},
});

/** Gates by node: what was seen and refused is known to the whole process. */
const gates = new Map<string, Gate>();

const gateKey = (context: Context): string => `${context.getWorkflow().id ?? ''}:${context.getNode().id}`;

function gateOf(context: IWebhookFunctions): Gate {
	const key = gateKey(context);
	const gate = gates.get(key) ?? new Gate();
	gates.set(key, gate);
	return gate;
}

/** What tells the token of this node; undefined: the node is not registered. */
async function fingerprint(context: IWebhookFunctions): Promise<string | undefined> {
	if (isAutomatic(context)) return kept(context).fingerprint;
	return fingerprintOf(parseBot((await connectionFor(context, true)) as BotInput).token);
}

/** Refusals are told once for each publication: whoever makes such calls can make many. */
function warnOnce(name: string, { forged, replayed }: Gate, status: 403 | 409): void {
	const fault = status === 403 ? 'with a wrong token' : 'that was made before';
	if ((status === 403 ? forged : replayed) === 1)
		LoggerProxy.warn(`"${name}" refused a call ${fault}; further ones are refused in silence.`);
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
			const fields = readFields(this.getQueryData() as Fields, this.getBodyData());
			const event = push.read(fields, params as never);
			const gate = gateOf(this);
			const mark = event === undefined ? undefined : push.mark(event as never);
			const refusal = gate.refusal(fields, (await fingerprint(this)) ?? '', mark);
			if (refusal !== undefined) {
				warnOnce(this.getNode().name, gate, refusal);
				return end(refusal);
			}
			if (event === undefined) return end(200);
			const workflowData = [[{ json: event }]];
			if (this.getNodeParameter('responseMode') !== 'onReceived') return { workflowData };
			// n8n's own answer would hold words of its own: Chat gets a text to post, or nothing.
			const text = this.getNodeParameter('responseText', '') as string;
			if (text === '') response.status(200).end();
			else response.status(200).json({ text });
			return { workflowData, noWebhookResponse: true };
		} catch (error) {
			throw nodeError(this.getNode(), error);
		}
	};
