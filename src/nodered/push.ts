import type { Readable } from 'node:stream';
import { idOf, type AnyPush, type Service } from '../catalog/operation';
import type { Dsm } from '../core/dsm';
import { DsmInputError, isDsmError } from '../core/errors';
import { fingerprintOf, LARGEST_CALL, type Fields } from '../core/receive';
import { isRound, Receiver, Registration } from '../host/push';
import { chosenBot } from './bot';
import { chosenConnection } from './connection';
import { callbackOf } from './browser/callback';
import type { Health } from './health';
import { migrate, pushMigrations } from './migrations';
import type { NodeConfig, NodeConstructor, Red, RedNode, WebAnswer, WebRequest } from './red';
import { shortText, toNodeError } from './report';
import { contextRegistration } from './registration';
import { declaredParams } from './trigger';

/** Milliseconds between two looks whether the registration is still there. */
const CHECK = 5 * 60_000;
const FIRST_PAUSE = 30_000;
const LONGEST_PAUSE = 30 * 60_000;
/** Chat shows a busy sign until it is answered; a flow that does not answer must not leave it there. */
const LONGEST_ANSWER = 30_000;
/** Node-RED waits 15 s for a node that closes. */
const LONGEST_REMOVAL = 10_000;

type Handler = (request: WebRequest, answer: WebAnswer) => Promise<void>;
/** Listening nodes by path. */
type Handlers = Map<string, Handler>;

function chosenPush(service: Service, config: NodeConfig): AnyPush {
	const { pushes = {} } = service;
	const name = String(config['trigger']);
	if (Object.hasOwn(pushes, name)) return pushes[name]!;
	throw new DsmInputError(`"Synology ${service.title} bot trigger" has no event "${name}".`, {
		path: ['trigger'],
		hint: 'Open the node and choose an event.',
	});
}

const missing = (field: string, text: string): DsmInputError =>
	new DsmInputError(text, { path: [field], hint: 'Open the node and fill it in.' });

/** `/chat/bot`, however it was entered. */
export function pathOf(config: NodeConfig): string {
	const text = String(config['path'] ?? '').trim();
	if (text === '') throw missing('path', 'The node has no path.');
	return text.startsWith('/') ? text : `/${text}`;
}

/** Address that the NAS calls, of a node whose address and path are there. */
export function addressOf(red: Red, config: NodeConfig): string {
	const address = String(config['address'] ?? '').trim();
	if (!/^https?:\/\//i.test(address) || !URL.canParse(address))
		throw missing('address', 'The address of Node-RED, as the NAS reaches it, is missing or not an address.');
	return callbackOf(red.settings?.httpNodeRoot, address, pathOf(config));
}

/** The body as text; undefined when it is too large. A body that something before us has read is taken as it is. */
async function bodyOf(request: WebRequest): Promise<unknown> {
	if (Number(request.headers['content-length'] ?? 0) > LARGEST_CALL) return undefined;
	if (request.body !== undefined) return request.body;
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of request as unknown as Readable as AsyncIterable<Uint8Array>) {
		size += chunk.length;
		if (size > LARGEST_CALL) return undefined;
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('utf8');
}

/** One push trigger node at work. */
class Listener {
	readonly #abort = new AbortController();
	readonly #receiver = new Receiver();
	#path: string | undefined;
	#fingerprint = '';
	#params: object = {};
	#timer: NodeJS.Timeout | undefined;
	#pause = FIRST_PAUSE;
	#upkeep: Promise<void> = Promise.resolve();
	#leave: ((removed: boolean) => Promise<void>) | undefined;

	constructor(
		readonly red: Red,
		readonly service: Service,
		readonly node: RedNode,
		readonly saved: NodeConfig,
		readonly handlers: Handlers,
	) {
		node.on('close', (removed: boolean, done: () => void) => void this.#close(removed).finally(done));
		// A failure is for the Catch nodes, which are made after this one.
		this.#upkeep = new Promise((resolve) => setImmediate(resolve))
			.then(async () => await this.#start(migrate(saved, pushMigrations)))
			.catch((error: unknown) => this.#failed(error));
	}

	async #start(config: NodeConfig): Promise<void> {
		if (this.#abort.signal.aborted) return;
		const { red, node, handlers } = this;
		const push = chosenPush(this.service, config);
		const path = pathOf(config);
		if (handlers.has(path)) throw missing('path', `Another node listens at "${path}".`);
		this.#path = path;
		handlers.set(path, async (_, answer) => await Promise.resolve(answer.status(503).end()));
		this.#params = await declaredParams(red, node, push, config);
		handlers.set(path, async (request, answer) => await this.#receive(push, request, answer));
		if (config['registration'] === 'manual') {
			this.#fingerprint = fingerprintOf(chosenBot(red, config).token());
			return this.#listening();
		}
		const registration = new Registration({
			service: this.service,
			event: String(config['trigger']),
			push,
			params: this.#params,
			url: addressOf(red, config),
			store: contextRegistration(node.context()),
		});
		const { acquire, health } = chosenConnection(red, config);
		const lease = acquire(push.uses.map(({ api }) => api));
		const dsm = lease.dsm.with({ operation: idOf(push) });
		this.#leave = async (removed) => {
			try {
				if (removed) await registration.remove(dsm.with({ signal: AbortSignal.timeout(LONGEST_REMOVAL) }));
			} catch (error) {
				node.warn(`The registration stays on the NAS: ${toNodeError(error).message}`);
			} finally {
				await lease.release();
			}
		};
		node.status({ fill: 'yellow', shape: 'ring', text: 'registering' });
		await this.#keep(registration, dsm.with({ signal: this.#abort.signal }), health);
	}

	/** Registers, and looks from time to time whether that still holds: bots can be removed in Chat. */
	async #keep(registration: Registration, dsm: Dsm, health: Health): Promise<void> {
		let next = CHECK;
		try {
			if (this.#fingerprint === '' || !(await registration.isCurrent(dsm))) {
				this.#fingerprint = await registration.ensure(dsm);
				this.#listening();
			}
			this.#pause = FIRST_PAUSE;
			health.succeeded();
		} catch (error) {
			if (this.#abort.signal.aborted) return;
			this.#failed(error);
			const shared = health.failed(error);
			if (isDsmError(error) && ['login', 'input', 'permission'].includes(error.code)) return;
			next = shared ?? this.#pause;
			this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
		}
		if (this.#abort.signal.aborted) return;
		this.#timer = setTimeout(() => (this.#upkeep = this.#keep(registration, dsm, health)), next).unref();
	}

	async #receive(push: AnyPush, request: WebRequest, answer: WebAnswer): Promise<void> {
		const body = await bodyOf(request);
		if (body === undefined) return answer.status(413).end();
		const query = request.query as Fields;
		const received = this.#receiver.receive(push, this.#params, this.#fingerprint, query, body);
		if (received.status !== 200) return this.#refuse(received.status, received.fault, answer);
		const { event } = received;
		if (event === undefined) return answer.status(200).end();
		const message = { topic: idOf(push), payload: event };
		if (this.saved['answer'] === 'flow') {
			// The form in which the core's HTTP response node takes it.
			this.node.send({ ...message, res: { _res: answer } });
			const timer = setTimeout(() => answer.headersSent || answer.status(204).end(), LONGEST_ANSWER).unref();
			answer.on('close', () => clearTimeout(timer));
			return;
		}
		const text = String(this.saved['reply'] ?? '');
		if (text === '') answer.status(200).end();
		else answer.status(200).json({ text });
		this.node.send(message);
	}

	/**
	 * Refusals are told in the log once, and counted in the status at 1 to 9, 10, 20 and so on: whoever makes such calls can make many,
	 * and each status goes to every open editor.
	 */
	#refuse(status: 403 | 409, fault: string | undefined, answer: WebAnswer): void {
		answer.status(status).end();
		if (fault !== undefined) this.node.warn(`Refused a call ${fault}; further ones are only counted in the status.`);
		const { refused } = this.#receiver;
		if (!isRound(refused)) return;
		this.node.status({ fill: 'yellow', shape: 'dot', text: `refused calls ${refused}${refused < 10 ? '' : '+'}` });
	}

	#listening(): void {
		this.node.status({ fill: 'green', shape: 'dot', text: 'listening' });
	}

	#failed(error: unknown): void {
		this.node.status({ fill: 'red', shape: 'ring', text: shortText(error) });
		this.node.error(toNodeError(error), {});
	}

	async #close(removed: boolean): Promise<void> {
		this.#abort.abort();
		clearTimeout(this.#timer);
		if (this.#path !== undefined) this.handlers.delete(this.#path);
		await this.#upkeep;
		clearTimeout(this.#timer);
		await this.#leave?.(removed);
		this.node.status({});
	}
}

/** What makes the push trigger nodes of a service. One handler serves all its nodes, so that none leaves a route behind. */
export function pushNode(red: Red, service: Service): NodeConstructor {
	const handlers: Handlers = new Map();
	let failed = 0;
	red.httpNode?.use((request, answer, next) => {
		const handler = ['GET', 'POST'].includes(request.method) ? handlers.get(request.path) : undefined;
		if (!handler) return next();
		handler(request, answer).catch((error: unknown) => {
			// Express would show the stack to whoever calls. Anybody can break off any number of calls.
			if (isRound(++failed))
				red.log.warn(`synology: A call to ${request.path} failed (${failed}): ${shortText(error)}`);
			if (!answer.headersSent) answer.status(500).end();
		});
	});

	return function (config) {
		red.nodes.createNode(this, config);
		new Listener(red, service, this, config, handlers);
	};
}
