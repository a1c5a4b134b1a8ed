import { createHash } from 'node:crypto';
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { idOf, shaped, type AnyTrigger, type Budget, type Service } from '../catalog/operation';
import type { Dsm } from '../core/dsm';
import { simpleFieldsOf } from '../host/form';
import { parseParams } from '../core/faults';
import { nodeError } from './failures';
import { connectionFor, CREDENTIAL, sharedPool } from './pool';
import { readParams } from './values';

/** Keys of events handed on that are remembered, so that a page read twice gives no event twice. */
const REMEMBERED = 500;
/** n8n's own default, for versions that do not tell. */
const BUDGET = 300_000;
/** Part of the budget for requests; the rest is for handing the events on. */
const SHARE = 0.8;

/** What a trigger node keeps between polls. n8n stores it together with the execution that the events start. */
interface State {
	v: 1;
	/** Which event, parameters and account the cursor belongs to. */
	of: string;
	cursor: unknown;
	/** Keys of the newest events, oldest first. */
	recent: string[];
}

/** `poll` of a service's trigger node. */
export const watch = (service: Service) =>
	async function (this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		try {
			const trigger = service.triggers[this.getNodeParameter('event') as string];
			if (!trigger)
				throw new NodeOperationError(this.getNode(), 'The event of this trigger is not known. Choose another one.');
			return await withDsm(this, trigger, async (dsm) => {
				const params = await readParams(trigger, {
					read: (name) => this.getNodeParameter(name, undefined),
					timeZone: this.getTimezone(),
					file: async () => await Promise.reject(new Error('A trigger has no input.')),
				});
				if (this.getMode() === 'manual') return await samples(this, trigger, params, dsm);
				return await inTurn(nodeKey(this), async () => await tick(this, trigger, params, dsm));
			});
		} catch (error) {
			throw nodeError(this.getNode(), error);
		}
	};

async function withDsm<T>(context: IPollFunctions, trigger: AnyTrigger, run: (dsm: Dsm) => Promise<T>): Promise<T> {
	const lease = sharedPool().acquire(await connectionFor(context), { apis: trigger.uses.map(({ api }) => api) });
	try {
		return await run(lease.dsm);
	} finally {
		await lease.release();
	}
}

/** Newest events for the editor; what running workflows have seen is not touched. */
async function samples(context: IPollFunctions, trigger: AnyTrigger, params: unknown, dsm: Dsm) {
	const parsed = parseParams(trigger.params, params, idOf(trigger));
	const events = (await trigger.sample(parsed, dsm)).map((event) => shaped(trigger, event));
	if (events.length > 0) return await output({ context, trigger, params: parsed, dsm }, events);
	throw new NodeOperationError(context.getNode(), 'No data with the current filter could be found', {
		description: 'Make something happen on the NAS that the trigger watches for, or widen its filter, and fetch again.',
	});
}

/** One poll. The state is written last, in one go: whatever throws before leaves it as it was. */
async function tick(
	context: IPollFunctions,
	trigger: AnyTrigger,
	params: unknown,
	dsm: Dsm,
): Promise<INodeExecutionData[][] | null> {
	const data = context.getWorkflowStaticData('node');
	const stored = readState(data);
	const of = identity(context, params);
	const parsed = parseParams(trigger.params, params, idOf(trigger));
	const known = stored?.of === of ? trigger.cursor.safeParse(stored.cursor) : undefined;
	if (known?.success === false)
		context.logger.warn('The stored position of this trigger cannot be read; it starts at now.');
	if (!stored || !known?.success) {
		writeState(data, { v: 1, of, cursor: await trigger.start(parsed, dsm), recent: [] });
		return null;
	}
	const { events, cursor } = await trigger.poll(parsed, known.data, dsm, budgetOf(context));
	const recent = new Set(stored.recent);
	const fresh = events
		.map((event) => shaped(trigger, event))
		.filter((event) => {
			const key = trigger.key(event);
			return !recent.has(key) && Boolean(recent.add(key));
		});
	const items = fresh.length === 0 ? null : await output({ context, trigger, params: parsed, dsm }, fresh);
	writeState(data, { v: 1, of, cursor, recent: [...recent].slice(-REMEMBERED) });
	return items;
}

/** The state is kept as one text: n8n watches stored objects for changes by putting a mark of its own into each of them. */
function readState({ state }: IDataObject): State | undefined {
	const stored = typeof state === 'string' ? (JSON.parse(state) as State) : undefined;
	return stored?.v === 1 ? stored : undefined;
}

const writeState = (data: IDataObject, state: State): void => void (data.state = JSON.stringify(state));

function budgetOf(context: IPollFunctions): Budget {
	const budget = (context as Partial<IPollFunctions>).getPollBudgetMs?.() ?? BUDGET;
	const end = Date.now() + budget * SHARE;
	return { left: () => Date.now() < end };
}

/** Other parameters or another account watch something else: the old cursor says nothing about it, and watching starts anew. */
function identity(context: IPollFunctions, params: unknown): string {
	const credential = context.getNode().credentials?.[CREDENTIAL]?.id ?? '';
	const about = JSON.stringify([context.getNodeParameter('event'), credential, params]);
	return createHash('sha256').update(about).digest('hex').slice(0, 16);
}

/** A trigger in one poll. */
interface Polling {
	context: IPollFunctions;
	trigger: AnyTrigger;
	/** As the trigger takes them. */
	params: unknown;
	dsm: Dsm;
}

/** Items of events; their files, which may be large, are fetched one after the other. */
async function output(polling: Polling, events: unknown[]): Promise<INodeExecutionData[][]> {
	const { context, trigger } = polling;
	const fields = context.getNodeParameter('simplify', false) === true ? simpleFieldsOf(trigger.event) : undefined;
	const items: INodeExecutionData[] = [];
	for (const event of events as IDataObject[]) {
		const json = fields ? Object.fromEntries(fields.map((name) => [name, event[name]])) : event;
		items.push({ json, ...(await binaryOf(polling, event)) });
	}
	return [items];
}

async function binaryOf({ context, trigger, params, dsm }: Polling, event: IDataObject) {
	const file = await trigger.file?.(event, params, dsm);
	if (!file) return {};
	return { binary: { data: await context.helpers.prepareBinaryData(file.stream, file.name || 'file', file.type) } };
}

const running = new Map<string, Promise<unknown>>();

const nodeKey = (context: IPollFunctions): string => `${context.getWorkflow().id ?? ''}:${context.getNode().id}`;

/** n8n may start a poll before the last one of the same node has ended: the second waits, and goes on from the first one's cursor. */
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
