import { callsOf, type AnyOperation, type Service } from '../catalog/operation';
import type { CallOptions, Dsm } from '../core/dsm';
import { DsmInputError } from '../core/errors';
import type { Lease } from '../core/pool';
import { fieldsOf, withoutApplication, type Field } from '../host/form';
import { isCut, runOperation } from '../host/run';
import { chosenApplication } from './application';
import { chosenBot } from './bot';
import { chosenConnection } from './connection';
import type { Health } from './health';
import { actionMigrations, migrate } from './migrations';
import { sendFile, sendList, sendValue, type Output, type OutputSettings } from './output';
import { Queue } from './queue';
import type { Message, NodeConfig, NodeConstructor, Red, RedNode, Send, Status } from './red';
import { shortText, toNodeError } from './report';
import { readParameters, type Override, type TypedValues } from './values';

const CONNECTING: Status = { fill: 'yellow', shape: 'ring', text: 'connecting' };
const BUSY: Status = { fill: 'blue', shape: 'dot', text: 'busy' };
const DONE = (text: string): Status => ({ fill: 'green', shape: 'dot', text });
const BROKEN = (text: string): Status => ({ fill: 'red', shape: 'ring', text });

const MEGABYTE = 1_048_576;

/** What a saved action node says. */
interface Settings {
	operation: AnyOperation;
	fields: readonly Field[];
	/** Some of its parameters stand in an application of SSO Server. */
	applies: boolean;
	values: TypedValues;
	override: Override;
	limit: string;
	output: OutputSettings;
}

const overrideOf = (config: NodeConfig): Override => {
	const how = config['override'];
	return how === 'params' || how === 'properties' ? how : 'no';
};

function chosenOperation(service: Service, config: NodeConfig): AnyOperation {
	const operations = service.resources[String(config['resource'])]?.operations ?? {};
	const name = String(config['operation']);
	const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
	if (operation) return operation;
	throw new DsmInputError(`"Synology ${service.title}" has no operation "${String(config['resource'])}: ${name}".`, {
		hint: 'Open the node and choose an operation.',
	});
}

function readSettings(service: Service, config: NodeConfig): Settings {
	const operation = chosenOperation(service, config);
	const all = fieldsOf(operation.params);
	const fields = withoutApplication(all);
	return {
		operation,
		fields,
		applies: fields.length < all.length,
		values: (config['params'] as TypedValues | undefined) ?? {},
		override: overrideOf(config),
		limit: String(config['limit'] ?? ''),
		output: {
			list: config['list'] === 'rows' ? 'rows' : 'array',
			file: config['file'] === 'stream' ? 'stream' : 'buffer',
			maxBytes: (Number(config['maxSize']) || 100) * MEGABYTE,
		},
	};
}

/** Most rows wanted, as the form says; nothing means all. Nodes of version 1 prefer `msg.limit`. */
function rowLimit({ fields, limit, override }: Settings, message: Message): number | undefined {
	const isParameter = fields.some(({ name }) => name === 'limit');
	const given = override === 'properties' && !isParameter ? message['limit'] : undefined;
	const text = String(given ?? limit).trim();
	if (text === '') return undefined;
	const value = Number(text);
	if (Number.isInteger(value) && value > 0) return value;
	throw new DsmInputError(`The limit "${text}" is not a whole number above 0.`, { path: ['limit'] });
}

async function perform(
	dsm: Dsm,
	settings: Settings,
	params: Record<string, unknown>,
	options: CallOptions,
	output: Output & { told: (value: unknown) => void },
): Promise<string> {
	const { operation } = settings;
	const limit = isCut(operation) ? rowLimit(settings, output.message) : undefined;
	const outcome = await runOperation(dsm, operation, params, { ...options, limit });
	switch (outcome.kind) {
		case 'rows':
			return await sendList(output, outcome.rows);
		case 'file':
			return await sendFile(output, outcome.file);
		case 'value':
			output.told(outcome.value);
			return sendValue(output, outcome.value);
	}
}

/** One action node at work. */
class Action {
	readonly #queue = new Queue();
	#lease: Lease | undefined;
	#settings: Settings | undefined;
	#connected = false;
	readonly #warned = new Set<string>();

	constructor(
		readonly red: Red,
		readonly service: Service,
		readonly node: RedNode,
		readonly config: NodeConfig,
	) {
		node.on('input', (message: Message, send: Send, done: (error?: Error) => void) => {
			this.#queue.add(async () => {
				await this.#handle(message, send, done);
			});
		});
		node.on('close', (_removed: boolean, done: () => void) => void this.#close().finally(done));
	}

	async #handle(message: Message, send: Send, done: (error?: Error) => void): Promise<void> {
		this.node.status(this.#connected ? BUSY : CONNECTING);
		try {
			const text = await this.#run(message, (outgoing) => void (this.#queue.closed || send(outgoing)));
			if (this.#queue.closed) return;
			this.#connected = true;
			this.node.status(DONE(text));
			done();
		} catch (error) {
			if (this.#queue.closed) return;
			this.node.status(BROKEN(shortText(error)));
			done(toNodeError(error));
		}
	}

	async #run(message: Message, send: Send): Promise<string> {
		const settings = (this.#settings ??= readSettings(this.service, migrate(this.config, actionMigrations)));
		const { dsm, health } = this.#use(settings.operation);
		const reading = { ...settings, overridden: (field: Field) => this.#warn(field) };
		const given = await readParameters(this.red, this.node, settings.fields, reading, message);
		const application = settings.applies ? chosenApplication(this.red, this.config) : undefined;
		const params = application?.complete(settings.operation, given) ?? given;
		const told = (value: unknown) => application?.remember(value);
		const output = { red: this.red, message, send, settings: settings.output, told };
		return await health.watch(async () => await perform(dsm, settings, params, this.#options(), output));
	}

	/** Said once for each field: flows of today go on, and their owner learns what will end. */
	#warn({ name, title }: Field): void {
		if (this.#warned.has(name)) return;
		this.#warned.add(name);
		this.node.warn(
			`msg.${name} was used instead of the form's "${title}". This ends in a coming release: open the node, let the field take msg.${name}, or let msg.params override the form.`,
		);
	}

	#options(): CallOptions {
		let shown = -1;
		return {
			signal: this.#queue.signal,
			onProgress: (done, total, what) => {
				const percent = total > 0 ? Math.floor((done / total) * 100) : 100;
				// Steps of five: each status is a message to every open editor.
				if (this.#queue.closed || percent < shown + 5) return;
				shown = percent;
				this.node.status({ ...BUSY, text: `${what} ${percent} %` });
			},
		};
	}

	/** Kept from the first use to the end of the node, so that the session stays while the flow runs. */
	#use(operation: AnyOperation): { dsm: Dsm; health: Health } {
		const chosen = operation.token ? chosenBot : chosenConnection;
		const connection = chosen(this.red, this.config);
		this.#lease ??= connection.acquire(callsOf(operation).map(({ api }) => api));
		return { dsm: this.#lease.dsm, health: connection.health };
	}

	async #close(): Promise<void> {
		await this.#queue.close();
		await this.#lease?.release();
		this.node.status({});
	}
}

/** What makes the action nodes of a service. */
export const actionNode = (red: Red, service: Service): NodeConstructor =>
	function (config) {
		red.nodes.createNode(this, config);
		new Action(red, service, this, config);
	};
