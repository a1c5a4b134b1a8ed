import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { LoggerProxy, NodeOperationError } from 'n8n-workflow';
import { idOf, type AnyTrigger, type Budget, type Service } from '../catalog/operation';
import { ownerOf, type ConnectionInput } from '../core/connection';
import type { Dsm } from '../core/dsm';
import { parseParams } from '../core/faults';
import type { Lease } from '../core/pool';
import { sharedParams, watchedOf } from '../host/additional';
import { EXAMPLE_NOTE, exampleOf } from '../host/example';
import { simpleFieldsOf, simplified } from '../host/form';
import { formerlyInN8n, identityOf } from '../host/identity';
import { named } from '../host/named';
import { Places } from '../host/places';
import { Poller, type Told } from '../host/poll';
import { Faults, look, type Watched } from '../host/watch';
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
			const events = eventsOf(this, service);
			const connection = await connectionFor(this);
			return await withLease(connection, events, async ({ dsm, gather }) => {
				const key = nodeKey(this);
				const { all, places } = await pollersOf(this, events, connection, dsm);
				if (this.getMode() === 'manual') return await samples(this, all);
				return await inTurn(key, async () => {
					// n8n reads credentials before each poll, so the polls of one tick come one by one.
					await gather(key);
					return await tick(this, all, places);
				});
			});
		} catch (error) {
			throw nodeError(this.getNode(), error);
		}
	};

type Events = ReadonlyMap<string, AnyTrigger>;

/** The chosen event and the additional ones. */
function eventsOf(context: IPollFunctions, { triggers }: Service): Events {
	const chosen = context.getNodeParameter('event') as string;
	if (!Object.hasOwn(triggers, chosen))
		throw new NodeOperationError(context.getNode(), 'The event of this trigger is not known. Choose another one.');
	return watchedOf(triggers, chosen, context.getNodeParameter('additionalEvents', []) as string[]);
}

async function withLease<T>(
	connection: ConnectionInput,
	events: Events,
	run: (lease: Lease) => Promise<T>,
): Promise<T> {
	const apis = [...events.values()].flatMap(({ uses }) => uses.map(({ api }) => api));
	const lease = sharedPool().acquire(connection, { apis });
	try {
		return await run(lease);
	} finally {
		await lease.release();
	}
}

/** Lines of n8n's log that name the node. */
const warnOf =
	(context: IPollFunctions) =>
	(text: string): void =>
		LoggerProxy.warn(sharedPool().redact(`"${context.getNode().name}": ${text}`));

/** n8n gives each poll a context of its own, and so it has pollers of its own. */
async function pollersOf(context: IPollFunctions, events: Events, connection: ConnectionInput, dsm: Dsm) {
	const [[chosen, form]] = [...events] as [[string, AnyTrigger]];
	const entered = await readParams(form, {
		read: (name) => context.getNodeParameter(name, undefined),
		timeZone: context.getTimezone(),
		file: async () => await Promise.reject(new Error('A trigger has no input.')),
	});
	const values = await named(dsm, form.params as z.ZodType, entered);
	const credential = context.getNode().credentials?.[CREDENTIAL]?.id ?? '';
	const log = warnOf(context);
	const places = new Places({
		store: staticPlace(context),
		names: [...events.keys()],
		added: (name) => log(`"${events.get(name)!.title}" is new here: it starts at "now".`),
	});
	const all = [...events].map(([name, trigger]): Watched => {
		const given = name === chosen ? values : sharedParams(form, trigger, values);
		const params = parseParams(trigger.params, given, idOf(trigger));
		const of = identityOf(trigger, ownerOf(connection), params);
		const formerly = name === chosen ? formerlyInN8n(name, credential, entered) : [];
		const attempts = attemptsOf(`${nodeKey(context)} ${name}`);
		const poller = new Poller({ trigger, params, dsm, of, formerly, store: places.at(name, of), log, attempts });
		return { name, trigger, poller };
	});
	return { all, places };
}

/** Newest events for the editor, or made-up ones that say so; of several events the newest of each. What was told is not touched. */
async function samples(context: IPollFunctions, all: readonly Watched[]): Promise<INodeExecutionData[][]> {
	const output = new Output(context, all);
	for (const watched of all) {
		const tell = async (told: Told) => await output.add(watched, told);
		const found = await watched.poller.samples(tell, all.length > 1 ? 1 : undefined);
		if (found === 0) await output.add(watched, { event: exampleOf(watched.trigger) }, { _example: EXAMPLE_NOTE });
	}
	return [output.items];
}

/** One poll. What was told before something failed starts the workflow; the rest comes with the next poll. */
async function tick(
	context: IPollFunctions,
	all: readonly Watched[],
	places: Places,
): Promise<INodeExecutionData[][] | null> {
	const output = new Output(context, all);
	const warn = warnOf(context);
	try {
		const looked = await look(all, async (watched, told) => await output.add(watched, told), budgetOf(context));
		for (const [{ trigger }, error] of faultsOf(nodeKey(context)).fresh(looked)) {
			// n8n shows what is thrown, and drops what the other events have saved: only where that is nothing.
			if (output.items.length === 0 && !places.hasSaved) throw error;
			const { message } = nodeError(context.getNode(), error);
			warn(`"${trigger.title}" could not be looked for; the other events go on. ${message}`);
		}
	} catch (error) {
		if (output.items.length === 0) throw error;
		const { message } = nodeError(context.getNode(), error);
		warn(`the next poll goes on after what was told. ${message}`);
	}
	return output.items.length === 0 ? null : [output.items];
}

function budgetOf(context: IPollFunctions): Budget {
	const budget = (context as Partial<IPollFunctions>).getPollBudgetMs?.() ?? BUDGET;
	const end = Date.now() + budget * SHARE;
	return { left: () => Date.now() < end };
}

/** Items of events; their files go to n8n's storage one after the other, without being held in memory. */
class Output {
	readonly #lists: Map<Watched, INodeExecutionData[]>;

	constructor(
		readonly context: IPollFunctions,
		readonly all: readonly Watched[],
	) {
		this.#lists = new Map(all.map((watched) => [watched, []]));
	}

	/** One event after the other, in the order in which the node names them. */
	get items(): INodeExecutionData[] {
		return [...this.#lists.values()].flat();
	}

	async add(watched: Watched, { event, file, fileError }: Told, note: IDataObject = {}): Promise<void> {
		const { context, all } = this;
		const row = event as IDataObject;
		const isSimple = context.getNodeParameter('simplify', false) === true;
		const fields = isSimple ? simpleFieldsOf(watched.trigger.event) : undefined;
		const binary = file && (await context.helpers.prepareBinaryData(file.stream, file.name || 'file', file.type));
		this.#lists.get(watched)!.push({
			json: {
				...note,
				...(all.length > 1 && { event: watched.name }),
				...(fields ? (simplified(row, fields) as IDataObject) : row),
				...(fileError !== undefined && { file_error: sharedPool().redact(fileError) }),
			},
			...(binary && { binary: { data: binary } }),
		});
	}
}

/** What is known of a node as long as this process runs. */
const perNode = <T>(make: () => T): ((key: string) => T) => {
	const known = new Map<string, T>();
	return (key) => {
		const found = known.get(key) ?? make();
		known.set(key, found);
		return found;
	};
};

/** Failed attempts at files, by node and event. */
const attemptsOf = perNode(() => new Map<string, number>());
/** Events of a node that fail, while others of it go on. */
const faultsOf = perNode(() => new Faults());

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
