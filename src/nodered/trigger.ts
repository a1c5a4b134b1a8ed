import { idOf, type AnyPush, type AnyTrigger, type Budget, type Service } from '../catalog/operation';
import { BUDGETS } from '../core/budget';
import { DsmInputError, isDsmError } from '../core/errors';
import { parseParams } from '../core/faults';
import type { FileAnswer } from '../core/call';
import type { Dsm } from '../core/dsm';
import type { Lease } from '../core/pool';
import type { HintListener } from '../core/realtime';
import { sharedParams, watchedOf } from '../host/additional';
import { fieldsOf, listOf } from '../host/form';
import { formerlyInNodeRed, identityOf } from '../host/identity';
import { named } from '../host/named';
import { Places } from '../host/places';
import { Poller, type Told } from '../host/poll';
import { Faults, look, type Looked, type Watched } from '../host/watch';
import type { z } from '../vendor/zod';
import { chosenConnection, type ConnectionNode } from './connection';
import { readFile } from './files';
import { forOneReader } from './fileStream';
import { clock, intervalOf, Loop } from './loop';
import { isOutage } from './health';
import { migrate, triggerMigrations } from './migrations';
import { contextPlace } from './place';
import type { NodeConfig, NodeConstructor, Red, RedNode } from './red';
import { isRound } from '../host/push';
import { shortText, toNodeError } from './report';
import { readParameters, type TypedValues } from './values';

/** Seconds between polls, unless the node says otherwise. */
const USUAL_INTERVAL = 10;

const TEXTS = { isNumeric: false };

type Events = ReadonlyMap<string, AnyTrigger>;

/** The chosen event and the additional ones. */
function eventsOf({ title, triggers }: Service, config: NodeConfig): Events {
	const name = String(config['trigger']);
	if (Object.hasOwn(triggers, name))
		return watchedOf(triggers, name, listOf(TEXTS, config['additional'] ?? '') as string[]);
	throw new DsmInputError(`"Synology ${title}" has no trigger "${name}".`, {
		path: ['trigger'],
		hint: 'Open the node and choose an event.',
	});
}

/** Hints of the channel that all events have in common, when the node is to be woken by them: while they come, it polls less. */
function hintsOf(events: Events, config: NodeConfig, lease: Lease) {
	const [wake, ...others] = new Set([...events.values()].map((trigger) => trigger.wake));
	if (config['wake'] !== true || wake === undefined || others.length > 0) return undefined;
	return (listener: HintListener) => lease.listen(wake, listener);
}

/** What the form of a trigger node holds, with IDs in place of names; no message is there to override it. */
async function enteredParams(
	red: Red,
	node: RedNode,
	trigger: AnyTrigger | AnyPush,
	config: NodeConfig,
	dsm?: Dsm,
): Promise<Record<string, unknown>> {
	const reading = { values: (config['params'] as TypedValues | undefined) ?? {}, override: 'no' as const };
	const given = await readParameters(red, node, fieldsOf(trigger.params), reading, {});
	return dsm ? await named(dsm, trigger.params as z.ZodType, given) : given;
}

/** Parameters of a trigger node. */
export async function declaredParams(
	red: Red,
	node: RedNode,
	trigger: AnyTrigger | AnyPush,
	config: NodeConfig,
): Promise<object> {
	return parseParams(trigger.params, await enteredParams(red, node, trigger, config), idOf(trigger));
}

/** One trigger node at work. */
class TriggerNode {
	readonly #abort = new AbortController();
	readonly #place;
	#lease: Lease | undefined;
	#loop: Loop<Looked> | undefined;
	#all: Watched[] | undefined;
	readonly #faults = new Faults();
	readonly #started: NodeJS.Immediate;
	/** What the status says. */
	#watching: 'well' | 'doubtful' | `failing events ${number}` | undefined;
	/** Requests of the first look; undefined when it is over. */
	#asked: number | undefined = 0;
	/** Whether a request of the last look bore the account. */
	#boreAccount = false;
	/** The first failure since the last good look. */
	#fault: unknown;

	constructor(
		readonly red: Red,
		readonly service: Service,
		readonly node: RedNode,
		readonly saved: NodeConfig,
	) {
		this.#place = contextPlace(node.context(), String(saved['store'] ?? ''));
		node.on('close', (removed: boolean, done: () => void) => void this.#close(removed).finally(done));
		// A failure is for the Catch and Status nodes, which are made after this one.
		this.#started = setImmediate(() => {
			try {
				this.#start(migrate(saved, triggerMigrations));
			} catch (error) {
				this.#failed(error);
			}
		});
	}

	#start(config: NodeConfig): void {
		const { red, node } = this;
		const events = eventsOf(this.service, config);
		const connection = chosenConnection(red, config);
		const apis = [...events.values()].flatMap(({ uses }) => uses.map(({ api }) => api));
		const lease = (this.#lease = connection.acquire(apis));
		node.status({ fill: 'yellow', shape: 'ring', text: 'connecting' });
		this.#loop = new Loop({
			poll: async (budget) => await this.#poll(events, connection, lease, config, budget),
			group: `${connection.owner.account} ${connection.owner.url}`,
			interval: intervalOf(config, USUAL_INTERVAL),
			listen: hintsOf(events, config, lease),
			clock,
			health: connection.health,
			boreAccount: () => this.#boreAccount,
			polled: (polled) => this.#polled(polled),
			failed: (error, final) => this.#failed(error, final),
			recovered: () => node.log(isOutage(this.#fault) ? 'The NAS answers again.' : 'What failed works again.'),
		});
	}

	async #poll(
		events: Events,
		connection: ConnectionNode,
		lease: Lease,
		config: NodeConfig,
		budget: Budget,
	): Promise<Looked> {
		this.#boreAccount = false;
		this.#all ??= await this.#makePollers(events, connection, lease, config);
		const looked = await look(this.#all, async ({ trigger }, told) => await this.#tell(trigger, told), budget);
		for (const [{ trigger }, error] of this.#abort.signal.aborted ? [] : this.#faults.fresh(looked)) {
			const reported = toNodeError(error);
			reported.message = `"${trigger.title}" could not be looked for; the other events go on. ${reported.message}`;
			this.node.error(reported, {});
		}
		return looked;
	}

	async #makePollers(
		events: Events,
		{ owner, redact }: ConnectionNode,
		lease: Lease,
		config: NodeConfig,
	): Promise<Watched[]> {
		const [[chosen, form]] = [...events] as [[string, AnyTrigger]];
		const values = await enteredParams(this.red, this.node, form, config, lease.dsm);
		const log = (text: string) => this.node.warn(redact(text));
		const store = this.#place;
		const places = new Places({
			// Without catching up each start is at "now".
			store: config['resume'] === false ? { ...store, load: async () => await Promise.resolve(undefined) } : store,
			names: [...events.keys()],
			added: (name) => log(`"${events.get(name)!.title}" is new here: it starts at "now".`),
		});
		return [...events].map(([name, trigger]) => {
			const given = name === chosen ? values : sharedParams(form, trigger, values);
			const params = parseParams(trigger.params, given, idOf(trigger));
			const of = identityOf(trigger, owner, params);
			const poller = new Poller({
				trigger,
				params,
				dsm: lease.dsm.with({ signal: this.#abort.signal, onRequest: (bears) => this.#requested(bears) }),
				of,
				formerly: name === chosen ? formerlyInNodeRed(trigger, owner, params) : [],
				store: places.at(name, of),
				log,
				isClosed: () => this.#abort.signal.aborted,
			});
			return { name, trigger, poller };
		});
	}

	async #tell(trigger: AnyTrigger, { event, file, fileError }: Told): Promise<void> {
		const parts = file ? await partsOf(file) : {};
		if (this.#abort.signal.aborted) return;
		const fault = fileError === undefined ? {} : { file_error: fileError };
		this.node.send({ topic: idOf(trigger), payload: event, ...parts, ...fault });
	}

	/** The first look at a whole tree takes its time: the status says that it goes on. */
	#requested(bearsAccount: boolean): void {
		this.#boreAccount ||= bearsAccount;
		if (this.#asked === undefined) return;
		const count = ++this.#asked;
		const text = count === 1 ? 'first look' : `first look, requests ${count}`;
		if (count === 1 || (count >= 10 && isRound(count))) this.node.status({ fill: 'yellow', shape: 'ring', text });
	}

	/** The status changes when something happened, not with every poll: each change is a message to every open editor. */
	#polled({ told: events, doubt, more, failed }: Looked): void {
		if (!more) this.#asked = undefined;
		else if (this.#asked !== undefined && events === 0) return;
		if (failed.size > 0) {
			const text = `failing events ${failed.size}` as const;
			if (this.#watching !== text) this.node.status({ fill: 'yellow', shape: 'ring', text });
			this.#watching = text;
			return;
		}
		if (doubt !== undefined) {
			if (this.#watching !== 'doubtful') this.node.status({ fill: 'yellow', shape: 'ring', text: 'list not whole' });
			this.#watching = 'doubtful';
			return;
		}
		const text = events === 0 ? 'watching' : `new ${events}, ${shortTime(new Date())}`;
		if (events > 0 || this.#watching !== 'well') this.node.status({ fill: 'green', shape: 'dot', text });
		this.#watching = 'well';
	}

	#failed(error: unknown, final = true): void {
		this.#watching = undefined;
		this.#fault = error;
		this.node.status({ fill: 'red', shape: 'ring', text: shortText(error) });
		const reported = toNodeError(error);
		if (final) reported.message += ` ${isLogin(error) ? LOGIN_STOP : INPUT_STOP}`;
		this.node.error(reported, {});
	}

	async #close(removed: boolean): Promise<void> {
		this.#abort.abort();
		clearImmediate(this.#started);
		await this.#loop?.close();
		await this.#lease?.release();
		if (removed) await this.#place.save(undefined);
		this.node.status({});
	}
}

/** The file of an event beside the event: `msg.file` (a Buffer; a stream when it is large or of unknown size) and what is known of it. */
async function partsOf(file: FileAnswer): Promise<object> {
	const { name: filename, type: mimetype, size } = file;
	const isSmall = size !== undefined && size <= BUDGETS.eventBuffer.most;
	return {
		file: isSmall ? await readFile(file, BUDGETS.eventBuffer.most) : forOneReader(file.stream, filename),
		filename,
		mimetype,
		...(size !== undefined && { size }),
	};
}

const LOGIN_STOP =
	'Polling has stopped: correct the connection, or the account on the NAS and press "Test connection", then deploy again.';
const INPUT_STOP = 'Polling has stopped until the node is corrected and deployed again.';

const isLogin = (error: unknown): boolean => isDsmError(error) && error.code === 'login';

const shortTime = (moment: Date): string => moment.toTimeString().slice(0, 5);

/** What makes the trigger nodes of a service. */
export const triggerNode = (red: Red, service: Service): NodeConstructor =>
	function (config) {
		red.nodes.createNode(this, config);
		new TriggerNode(red, service, this, config);
	};
