import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@jest/globals';
import type { Simulator } from '../../src/simulator';
import { newBot } from '../../src/simulator/services/chat/admin';
import { chatOf, type ChatState } from '../../src/simulator/services/chat/state';
import type { Bot } from '../../src/simulator/services/chat/types';
import type { N8nRest } from './n8n/rest.cjs';
import type { CredentialRef } from './n8n-flows';
import { root, until } from './process.cjs';

const folder = path.join(root, 'examples/n8n');

/** File names of all examples for n8n. */
export const examples = readdirSync(folder).sort();

interface Node {
	name: string;
	type: string;
	webhookId?: string;
	parameters: Record<string, unknown>;
}

interface ExampleFile {
	name: string;
	nodes: Node[];
	connections: object;
	settings: object;
	pinData?: object;
}

interface NodeType {
	name: string;
	credentials?: { name: string; displayOptions?: { show?: Choices; hide?: Choices } }[];
}
type Choices = Record<string, unknown[]>;
type Items = Record<string, { json: Record<string, unknown> }[]>;

/** What a user has in n8n before an example: the server, and types by name. */
export interface Surroundings {
	rest: N8nRest;
	simulator: Simulator;
	/** Lets time pass on the NAS and in n8n. */
	advance: (ms: number) => Promise<void>;
}

/** An example as a user imports it: the credentials are chosen, and else nothing is changed but what `change` says. */
export class Example {
	readonly chat: ChatState;
	readonly bot: Bot;
	readonly #file: ExampleFile;
	#id = '';

	constructor(
		file: string,
		readonly surroundings: Surroundings,
	) {
		this.#file = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as ExampleFile;
		this.chat = chatOf(this.simulator.nas);
		this.bot = newBot(this.chat, this.chat.user('alice').user_id, 'chatbot', 'Helper');
	}

	get simulator(): Simulator {
		return this.surroundings.simulator;
	}

	get rest(): N8nRest {
		return this.surroundings.rest;
	}

	/** The last message in the channel where the examples tell what happened. */
	get told(): string {
		return this.chat.channel('General').posts.at(-1)!.message;
	}

	/** Fills in what the example leaves to its user. */
	change(node: string, parameters: Record<string, unknown>): void {
		Object.assign(this.#file.nodes.find(({ name }) => name === node)!.parameters, parameters);
	}

	/** Pins what the user's own nodes would give in place of this one. */
	pin(node: string, rows: object[]): void {
		this.#file.pinData = { [node]: rows.map((json) => ({ json })) };
	}

	/** Imports the example; `others` are further credentials that it needs. */
	async import(others: Record<string, CredentialRef> = {}): Promise<void> {
		const { url, account, password } = this.simulator;
		const credentials: Record<string, CredentialRef> = {
			synologyNasApi: await this.rest.createCredential('NAS', 'synologyNasApi', { url, account, password }),
			synologyChatBotApi: await this.rest.createCredential('Bot', 'synologyChatBotApi', { url, token: this.bot.token }),
			...others,
		};
		const types = (await this.rest.send('GET', '/types/nodes.json')) as NodeType[];
		const nodes = this.#file.nodes.map((node) => ({
			...node,
			credentials: Object.fromEntries(wanted(node, types, credentials).map((name) => [name, credentials[name]])),
		}));
		const { id } = (await this.rest.send('POST', '/rest/workflows', { ...this.#file, nodes })) as { id: string };
		this.#id = id;
	}

	/** Runs it by hand from a trigger to its end; gives the items of its nodes. */
	async run(trigger: string): Promise<Items> {
		if (!this.#id) await this.import();
		const before = (await this.rest.executions(this.#id)).length;
		await this.rest.send('POST', `/rest/workflows/${this.#id}/run`, { triggerToStartFrom: { name: trigger } });
		return (await this.ended(before + 1)).at(-1)!;
	}

	/** Publishes it, after which its triggers have looked once, or wait to be called. */
	async publish(): Promise<void> {
		if (!this.#id) await this.import();
		expect(await this.rest.publish(this.#id)).toMatchObject({ status: 'published' });
	}

	/** Lets its triggers look again, without waiting for their next poll time. */
	async poll(): Promise<void> {
		await this.rest.unpublish(this.#id);
		await this.publish();
	}

	/** Where a trigger listens that a bot calls. */
	botAddress(node: string): string {
		const { webhookId } = this.#file.nodes.find(({ name }) => name === node)!;
		return `${this.rest.url}/webhook/${webhookId}/chat`;
	}

	/** The items of its nodes in each execution, once there are so many, and all of them ended well. */
	async ended(count: number): Promise<Items[]> {
		const all = await until(`${count} executions have ended`, async () => {
			const found = await this.rest.executions(this.#id);
			return found.length >= count && found.every(({ status }) => !['new', 'running'].includes(status)) && found;
		});
		const executions = await Promise.all(all.reverse().map(async ({ id }) => await this.rest.execution(id)));
		expect(executions.map(({ status, error }) => [status, error])).toEqual(
			Array.from({ length: count }, () => ['success', undefined]),
		);
		return executions.map(({ nodes }) => nodes);
	}

	async remove(): Promise<void> {
		if (this.#id) await this.rest.unpublish(this.#id);
	}
}

/** Names of the credentials that the form of a node asks for. */
function wanted(node: Node, types: NodeType[], known: Record<string, CredentialRef>): string[] {
	const isChosen = ([name, values]: [string, unknown[]]) => values.includes(node.parameters[name]);
	const own = (types.find(({ name }) => name === node.type)?.credentials ?? [])
		.filter(
			({ displayOptions: { show = {}, hide = {} } = {} }) =>
				Object.entries(show).every(isChosen) && !Object.entries(hide).some(isChosen),
		)
		.map(({ name }) => name);
	return [...own, String(node.parameters['nodeCredentialType'])].filter((name) => name in known);
}
