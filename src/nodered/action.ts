import { callsOf, idOf, type AnyOperation, type Service } from '../catalog/operation';
import type { CallOptions, Dsm } from '../core/dsm';
import type { Lease } from '../core/pool';
import type { Field } from '../host/form';
import { isCut, runOperation } from '../host/run';
import { readSettings, rowLimit, widthOf, type Settings } from './actionSettings';
import { chosenApplication } from './application';
import { chosenBot } from './bot';
import { chosenConnection } from './connection';
import type { Health } from './health';
import { actionMigrations, migrate } from './migrations';
import { sendFile, sendList, sendValue, type Facts, type Output } from './output';
import { Queue } from './queue';
import type { Done, Message, NodeConfig, NodeConstructor, Red, RedNode, Send, Status } from './red';
import { isRound } from '../host/push';
import { shortText, toNodeError } from './report';
import { Sequences } from './sequences';
import { checkTarget } from './target';
import { filePropertyOf, readParameters } from './values';

const CONNECTING: Status = { fill: 'yellow', shape: 'ring', text: 'connecting' };
const BUSY: Status = { fill: 'blue', shape: 'dot', text: 'busy' };
const DONE = (text: string): Status => ({ fill: 'green', shape: 'dot', text });
const BROKEN = (text: string): Status => ({ fill: 'red', shape: 'ring', text });

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
			return await sendValue(output, outcome.value);
	}
}

/** What happens in one run. */
interface Run {
	/** Milliseconds of the monotonic clock. */
	began: number;
	requests: number;
	/** Whether one of them bore the account. */
	boreAccount: boolean;
	/** Highest percentage that was shown. */
	shown: number;
}

/** One action node at work. */
class Action {
	readonly #queue: Queue;
	#lease: Lease | undefined;
	#settings: Settings | undefined;
	#sequences: Sequences | undefined;
	#connected = false;
	readonly #warned = new Set<string>();

	constructor(
		readonly red: Red,
		readonly service: Service,
		readonly node: RedNode,
		readonly config: NodeConfig,
	) {
		this.#queue = new Queue(this.#width());
		node.on('input', (message: Message, send: Send, done: Done) => this.#take(message, send, done));
		node.on('close', (_removed: boolean, done: () => void) => void this.#close().finally(done));
	}

	/** What is no width is told with the first message, as all that does not fit. */
	#width(): number {
		try {
			return widthOf(this.config);
		} catch {
			return 1;
		}
	}

	/** A file that comes in chunks takes its turn when it is whole: others need not wait for it. */
	#take(message: Message, send: Send, done: Done): void {
		try {
			const whole = this.#whole(message);
			if (!whole) {
				const { waiting } = this.#sequences!;
				if (isRound(waiting) && this.#queue.running === 0)
					this.node.status({ ...BUSY, shape: 'ring', text: `joining ${waiting}` });
				done();
				return;
			}
			this.#queue.add(async () => await this.#handle(whole, send, done));
			if (this.#queue.running > 0 && isRound(this.#queue.waiting)) this.#showWork();
		} catch (error) {
			this.#failed(error, done);
		}
	}

	/** The message to work on; undefined while chunks of its file are missing. */
	#whole(message: Message): Message | undefined {
		if (typeof message['parts'] !== 'object' || message['parts'] === null) return message;
		const property = filePropertyOf(this.#read());
		if (property === undefined) return message;
		this.#sequences ??= new Sequences({
			maxBytes: this.#read().output.maxBytes,
			lost: (error, last) => this.#failed(error, (reported) => this.node.error(reported, last)),
		});
		const found = this.#sequences.add(message, this.red.util.getMessageProperty(message, property));
		if (found?.file) this.red.util.setMessageProperty(found.message, property, found.file, true);
		return found?.message;
	}

	#read(): Settings {
		return (this.#settings ??= readSettings(this.red, this.service, migrate(this.config, actionMigrations)));
	}

	/** Each status is a message to every open editor: one for each that begins, and of those that wait one now and then. */
	#showWork(): void {
		const { running, waiting } = this.#queue;
		const counts = [`running ${running}`, ...(waiting > 0 ? [`waiting ${waiting}`] : [])].join(', ');
		if (!this.#connected) this.node.status(CONNECTING);
		else this.node.status(running > 1 || waiting > 0 ? { ...BUSY, text: counts } : BUSY);
	}

	#failed(error: unknown, done: Done): void {
		this.node.status(BROKEN(shortText(error)));
		done(toNodeError(error));
	}

	async #handle(message: Message, send: Send, done: Done): Promise<void> {
		this.#showWork();
		try {
			const text = await this.#run(message, (outgoing) => void (this.#queue.closed || send(outgoing)));
			if (this.#queue.closed) return;
			this.#connected = true;
			const { running, waiting } = this.#queue;
			// What is next says so itself.
			if (waiting === 0) this.node.status(running > 1 ? { ...BUSY, text: `running ${running - 1}` } : DONE(text));
			done();
		} catch (error) {
			if (!this.#queue.closed) this.#failed(error, done);
		}
	}

	async #run(message: Message, send: Send): Promise<string> {
		const { red, node } = this;
		const settings = this.#read();
		const run: Run = { began: performance.now(), requests: 0, boreAccount: false, shown: -1 };
		const { dsm, health } = this.#use(settings.operation);
		const reading = { ...settings, overridden: (field: Field) => this.#warn(field) };
		const given = await readParameters(red, node, settings.fields, reading, message);
		checkTarget(red, settings.output.target, message);
		const application = settings.applies ? chosenApplication(red, this.config) : undefined;
		const params = application?.complete(settings.operation, given) ?? given;
		const told = (value: unknown) => application?.remember(value);
		const facts = (): Facts => ({
			operation: idOf(settings.operation),
			duration: Math.round(performance.now() - run.began),
			requests: run.requests,
		});
		const output = { red, node, message, send, settings: settings.output, facts, told };
		const work = async () => await perform(dsm, settings, params, this.#options(run), output);
		return await health.watch(work, () => run.boreAccount);
	}

	/** Said once for each field: flows of today go on, and their owner learns what will end. */
	#warn({ name, title }: Field): void {
		if (this.#warned.has(name)) return;
		this.#warned.add(name);
		this.node.warn(
			`msg.${name} was used instead of the form's "${title}". This ends in a coming release: open the node, let the field take msg.${name}, or let msg.params override the form.`,
		);
	}

	#options(run: Run): CallOptions {
		return {
			signal: this.#queue.signal,
			onRequest: (bearsAccount) => {
				run.boreAccount ||= bearsAccount;
				this.#requested(++run.requests);
			},
			onProgress: (done, total, what) => {
				const percent = total > 0 ? Math.floor((done / total) * 100) : 100;
				// Steps of five: each status is a message to every open editor.
				if (!this.#isAlone || percent < run.shown + 5) return;
				run.shown = percent;
				this.node.status({ ...BUSY, text: `${what} ${percent} %` });
			},
		};
	}

	/** Whether the status may tell of one run alone. */
	get #isAlone(): boolean {
		return !this.#queue.closed && this.#queue.running === 1;
	}

	/** The first request goes out when the login is over; of a long run now and then one is told. */
	#requested(count: number): void {
		if (!this.#isAlone) return;
		if (count === 1 && !this.#connected) {
			this.#connected = true;
			this.#showWork();
		}
		if (count >= 10 && isRound(count)) this.node.status({ ...BUSY, text: `busy, requests ${count}` });
	}

	/** Kept from the first use to the end of the node, so that the session stays while the flow runs. */
	#use(operation: AnyOperation): { dsm: Dsm; health: Health } {
		const chosen = operation.token ? chosenBot : chosenConnection;
		const connection = chosen(this.red, this.config);
		this.#lease ??= connection.acquire(callsOf(operation).map(({ api }) => api));
		return { dsm: this.#lease.dsm, health: connection.health };
	}

	async #close(): Promise<void> {
		this.#sequences?.close();
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
