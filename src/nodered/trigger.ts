import { idOf, type AnyPush, type AnyTrigger, type Budget, type Service } from '../catalog/operation';
import { BUDGETS } from '../core/budget';
import { DsmInputError, isDsmError } from '../core/errors';
import { parseParams } from '../core/faults';
import type { FileAnswer } from '../core/call';
import type { Dsm } from '../core/dsm';
import type { Lease } from '../core/pool';
import type { HintListener } from '../core/realtime';
import { fieldsOf } from '../host/form';
import { formerlyInNodeRed, identityOf } from '../host/identity';
import { named } from '../host/named';
import { Poller, type Polled, type Told } from '../host/poll';
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

function chosenTrigger(service: Service, config: NodeConfig): AnyTrigger {
	const name = String(config['trigger']);
	const trigger = Object.hasOwn(service.triggers, name) ? service.triggers[name] : undefined;
	if (trigger) return trigger;
	throw new DsmInputError(`"Synology ${service.title}" has no trigger "${name}".`, {
		path: ['trigger'],
		hint: 'Open the node and choose an event.',
	});
}

/** Hints of the trigger's channel, when the node is to be woken by them. */
const hintsOf = ({ wake }: AnyTrigger, config: NodeConfig, lease: Lease) =>
	config['wake'] === true && wake !== undefined ? (listener: HintListener) => lease.listen(wake, listener) : undefined;

/** Parameters of a trigger node; no message is there to override them. */
export async function declaredParams(
	red: Red,
	node: RedNode,
	trigger: AnyTrigger | AnyPush,
	config: NodeConfig,
	dsm?: Dsm,
): Promise<object> {
	const given = await readParameters(
		red,
		node,
		fieldsOf(trigger.params),
		{ values: (config['params'] as TypedValues | undefined) ?? {}, override: 'no' },
		{},
	);
	const wanted = dsm ? await named(dsm, trigger.params as z.ZodType, given) : given;
	return parseParams(trigger.params, wanted, idOf(trigger));
}

/** One trigger node at work. */
class TriggerNode {
	readonly #abort = new AbortController();
	readonly #place;
	#lease: Lease | undefined;
	#loop: Loop | undefined;
	#poller: Poller | undefined;
	readonly #started: NodeJS.Immediate;
	/** What the status says. */
	#watching: 'well' | 'doubtful' | undefined;
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
		const trigger = chosenTrigger(this.service, config);
		const connection = chosenConnection(red, config);
		const lease = (this.#lease = connection.acquire(trigger.uses.map(({ api }) => api)));
		node.status({ fill: 'yellow', shape: 'ring', text: 'connecting' });
		this.#loop = new Loop({
			poll: async (budget) => await this.#poll(trigger, connection, lease, config, budget),
			group: `${connection.owner.account} ${connection.owner.url}`,
			interval: intervalOf(config, USUAL_INTERVAL),
			listen: hintsOf(trigger, config, lease),
			clock,
			health: connection.health,
			boreAccount: () => this.#boreAccount,
			polled: (polled) => this.#polled(polled),
			failed: (error, final) => this.#failed(error, final),
			recovered: () => node.log(isOutage(this.#fault) ? 'The NAS answers again.' : 'What failed works again.'),
		});
	}

	async #poll(
		trigger: AnyTrigger,
		connection: ConnectionNode,
		lease: Lease,
		config: NodeConfig,
		budget: Budget,
	): Promise<Polled> {
		this.#boreAccount = false;
		this.#poller ??= await this.#makePoller(trigger, connection, lease, config);
		return await this.#poller.poll(async (told) => await this.#tell(trigger, told), budget);
	}

	async #makePoller(
		trigger: AnyTrigger,
		{ owner, redact }: ConnectionNode,
		lease: Lease,
		config: NodeConfig,
	): Promise<Poller> {
		const params = await declaredParams(this.red, this.node, trigger, config, lease.dsm);
		const store = this.#place;
		return new Poller({
			trigger,
			params,
			dsm: lease.dsm.with({ signal: this.#abort.signal, onRequest: (bears) => this.#requested(bears) }),
			of: identityOf(trigger, owner, params),
			formerly: formerlyInNodeRed(trigger, owner, params),
			// Without catching up each start is at "now".
			store: config['resume'] === false ? { ...store, load: async () => await Promise.resolve(undefined) } : store,
			log: (text) => this.node.warn(redact(text)),
			isClosed: () => this.#abort.signal.aborted,
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
	#polled({ told: events, doubt, more }: Polled): void {
		if (!more) this.#asked = undefined;
		else if (this.#asked !== undefined && events === 0) return;
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
