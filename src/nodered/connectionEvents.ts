import { PROBE } from '../core/call';
import { isDsmError } from '../core/errors';
import type { Lease } from '../core/pool';
import { chosenConnection, type ConnectionNode } from './connection';
import type { Polled } from '../host/poll';
import type { HealthChange, HealthEvent } from './health';
import { clock, intervalOf, Loop } from './loop';
import { connectionEventMigrations, migrate } from './migrations';
import type { NodeConfig, Red, RedNode } from './red';
import { factsOf, shortText, toNodeError } from './report';

/** Type of the node that tells what happens to a connection. */
export const CONNECTION_EVENTS_TYPE = 'synology-connection';

/** Seconds between two looks of the node's own, unless it says otherwise. */
const USUAL_INTERVAL = 60;

/** Payload of a message: what happened to which connection, and why. */
interface Told {
	event: HealthEvent;
	/** Name of the connection. */
	connection: string;
	url: string;
	/** ISO 8601. */
	time: string;
	/** Message, code, hint and more, as Catch nodes find them in `msg.error`. */
	cause?: Record<string, unknown>;
}

const toldOf = ({ name, owner, redact }: ConnectionNode, { event, error }: HealthChange): Told => ({
	event,
	connection: name || owner.url,
	url: owner.url,
	time: new Date().toISOString(),
	...(isDsmError(error) && { cause: { message: redact(error.message), ...factsOf(error) } }),
});

/** One such node at work. What other nodes of the connection find is told at once; it looks by itself in its interval. */
class ConnectionEvents {
	#lease: Lease | undefined;
	#loop: Loop | undefined;
	#unwatch = (): void => {};
	readonly #started: NodeJS.Immediate;

	constructor(
		readonly red: Red,
		readonly node: RedNode,
		readonly saved: NodeConfig,
	) {
		node.on('close', (_removed: boolean, done: () => void) => void this.#close().finally(done));
		// A failure is for the Catch and Status nodes, and a message for others, which are made after this one.
		this.#started = setImmediate(() => {
			try {
				this.#start(migrate(saved, connectionEventMigrations));
			} catch (error) {
				this.#failed(error);
			}
		});
	}

	#start(config: NodeConfig): void {
		const connection = chosenConnection(this.red, config);
		const { health, owner } = connection;
		const lease = (this.#lease = connection.acquire([PROBE.api]));
		this.node.status({ fill: 'yellow', shape: 'ring', text: 'connecting' });
		this.#unwatch = health.onChange((change) => this.#tell(connection, change));
		// After a deploy of this node alone the connection may have been in use for long.
		if (health.last) this.#tell(connection, health.last);
		this.#loop = new Loop<Polled>({
			poll: async () => {
				await lease.dsm.call(PROBE, {}, { readOnly: true });
				return { told: 0, more: false };
			},
			group: `${owner.account} ${owner.url}`,
			interval: intervalOf(config, USUAL_INTERVAL),
			clock,
			health,
			polled: () => {},
			// What passes by itself is a message; what ends the looks is a failure of this node, too.
			failed: (error, final) => final && this.#failed(error),
			recovered: () => {},
		});
	}

	#tell(connection: ConnectionNode, change: HealthChange): void {
		const { event, error } = change;
		const isWell = event === 'connected' || event === 'recovered';
		this.node.status(
			isWell
				? { fill: 'green', shape: 'dot', text: 'connected' }
				: { fill: 'red', shape: 'ring', text: shortText(error) },
		);
		this.node.send({ topic: `connection.${event}`, payload: toldOf(connection, change) });
	}

	#failed(error: unknown): void {
		this.node.status({ fill: 'red', shape: 'ring', text: shortText(error) });
		this.node.error(toNodeError(error), {});
	}

	async #close(): Promise<void> {
		clearImmediate(this.#started);
		this.#unwatch();
		await this.#loop?.close();
		await this.#lease?.release();
		this.node.status({});
	}
}

/** Registers the node that tells what happens to a connection. */
export const registerConnectionEvents = (red: Red): void =>
	red.nodes.registerType(CONNECTION_EVENTS_TYPE, function (config) {
		red.nodes.createNode(this, config);
		new ConnectionEvents(red, this, config);
	});
