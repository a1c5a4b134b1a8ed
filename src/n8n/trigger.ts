import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { LoggerProxy, NodeOperationError } from 'n8n-workflow';
import { idOf, type AnyTrigger, type Budget, type Service } from '../catalog/operation';
import { ownerOf, type ConnectionInput } from '../core/connection';
import type { Dsm } from '../core/dsm';
import { parseParams } from '../core/faults';
import type { Lease } from '../core/pool';
import { EXAMPLE_NOTE, exampleOf } from '../host/example';
import { simpleFieldsOf, simplified } from '../host/form';
import { formerlyInN8n, identityOf } from '../host/identity';
import { named } from '../host/named';
import { Poller, type Tell } from '../host/poll';
import type { z } from '../vendor/zod';
import { nodeError } from './failures';
import { staticPlace } from './place';
import { connectionFor, CREDENTIAL, sharedPool } from './pool';
import { readParams } from './values';

/** n8n's own default, for versions that do not tell. */
const BUDGET = 300_000;
/** Part of the budget for requests; the rest is for handing the events on. */
const SHARE = 0.8;

/** `poll` of a service's trigger node. */
export const poll = (service: Service) =>
	async function (this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		try {
			const trigger = service.triggers[this.getNodeParameter('event') as string];
			if (!trigger)
				throw new NodeOperationError(this.getNode(), 'The event of this trigger is not known. Choose another one.');
			const connection = await connectionFor(this);
			return await withLease(connection, trigger, async ({ dsm, gather }) => {
				const poller = await pollerOf(this, trigger, connection, dsm);
				if (this.getMode() === 'manual') return await samples(this, trigger, poller);
				const key = nodeKey(this);
				return await inTurn(key, async () => {
					// n8n reads credentials before each poll, so the polls of one tick come one by one.
					await gather(key);
					return await tick(this, trigger, poller);
				});
			});
		} catch (error) {
			throw nodeError(this.getNode(), error);
		}
	};

async function withLease<T>(
	connection: ConnectionInput,
	trigger: AnyTrigger,
	run: (lease: Lease) => Promise<T>,
): Promise<T> {
	const lease = sharedPool().acquire(connection, { apis: trigger.uses.map(({ api }) => api) });
	try {
		return await run(lease);
	} finally {
		await lease.release();
	}
}

/** n8n gives each poll a context of its own, and so it has a poller of its own. */
async function pollerOf(
	context: IPollFunctions,
	trigger: AnyTrigger,
	connection: ConnectionInput,
	dsm: Dsm,
): Promise<Poller> {
	const form = await readParams(trigger, {
		read: (name) => context.getNodeParameter(name, undefined),
		timeZone: context.getTimezone(),
		file: async () => await Promise.reject(new Error('A trigger has no input.')),
	});
	const params = parseParams(trigger.params, await named(dsm, trigger.params as z.ZodType, form), idOf(trigger));
	const credential = context.getNode().credentials?.[CREDENTIAL]?.id ?? '';
	return new Poller({
		trigger,
		params,
		dsm,
		of: identityOf(trigger, ownerOf(connection), params),
		formerly: formerlyInN8n(context.getNodeParameter('event') as string, credential, form),
		store: staticPlace(context),
		log: (text) => LoggerProxy.warn(sharedPool().redact(`"${context.getNode().name}": ${text}`)),
		attempts: attemptsOf(nodeKey(context)),
	});
}

/** Newest events for the editor, or a made-up one that says so; what running workflows have seen is not touched. */
async function samples(context: IPollFunctions, trigger: AnyTrigger, poller: Poller) {
	const { items, tell } = outputOf(context, trigger);
	if ((await poller.samples(tell)) > 0) return [items];
	await tell({ event: exampleOf(trigger) });
	return [items.map(({ json }) => ({ json: { _example: EXAMPLE_NOTE, ...json } }))];
}

/** One poll. What was told before something failed starts the workflow; the rest comes with the next poll. */
async function tick(
	context: IPollFunctions,
	trigger: AnyTrigger,
	poller: Poller,
): Promise<INodeExecutionData[][] | null> {
	const { items, tell } = outputOf(context, trigger);
	try {
		await poller.poll(tell, budgetOf(context));
	} catch (error) {
		if (items.length === 0) throw error;
		const { message } = nodeError(context.getNode(), error);
		LoggerProxy.warn(`"${context.getNode().name}": the next poll goes on after what was told. ${message}`);
	}
	return items.length === 0 ? null : [items];
}

function budgetOf(context: IPollFunctions): Budget {
	const budget = (context as Partial<IPollFunctions>).getPollBudgetMs?.() ?? BUDGET;
	const end = Date.now() + budget * SHARE;
	return { left: () => Date.now() < end };
}

/** Items of events; their files go to n8n's storage one after the other, without being held in memory. */
function outputOf(context: IPollFunctions, trigger: AnyTrigger): { items: INodeExecutionData[]; tell: Tell } {
	const fields = context.getNodeParameter('simplify', false) === true ? simpleFieldsOf(trigger.event) : undefined;
	const items: INodeExecutionData[] = [];
	const tell: Tell = async ({ event, file, fileError }) => {
		const row = event as IDataObject;
		const json = fields ? (simplified(row, fields) as IDataObject) : row;
		const binary = file && (await context.helpers.prepareBinaryData(file.stream, file.name || 'file', file.type));
		items.push({
			json: fileError === undefined ? json : { ...json, file_error: sharedPool().redact(fileError) },
			...(binary && { binary: { data: binary } }),
		});
	};
	return { items, tell };
}

/** Failed attempts at files by node: known as long as this process runs. */
const attempts = new Map<string, Map<string, number>>();

function attemptsOf(node: string): Map<string, number> {
	const known = attempts.get(node) ?? new Map<string, number>();
	attempts.set(node, known);
	return known;
}

const running = new Map<string, Promise<unknown>>();

const nodeKey = (context: IPollFunctions): string => `${context.getWorkflow().id ?? ''}:${context.getNode().id}`;

/** n8n may start a poll before the last one of the same node has ended: the second waits, and goes on from the first one's place. */
async function inTurn<T>(key: string, run: () => Promise<T>): Promise<T> {
	const turn = (running.get(key) ?? Promise.resolve()).then(run, run);
	const ended = turn.catch(() => undefined);
	running.set(key, ended);
	try {
		return await turn;
	} finally {
		if (running.get(key) === ended) running.delete(key);
	}
}
