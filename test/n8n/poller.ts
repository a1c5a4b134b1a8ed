import { PollContext, PollTriggerExecutor } from 'n8n-core';
import type { IDataObject, INode, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { additionalData, makeWorkflow, service, synology, type Credentials } from './engine';

export interface PollerOptions {
	parameters?: INode['parameters'];
	/** The cursor is committed together with the execution, as n8n does with durable cursors; else it is changed in place. */
	durable?: boolean;
	/** What an earlier run stored. */
	stored?: IDataObject;
	budgetMs?: number;
	name?: string;
	/** Type of the trigger node; default that of Chat. */
	type?: string;
}

/** A published workflow with a trigger, by default that of Chat, whose ticks a test runs by hand. */
export class Poller {
	/** The hand-off of the next events fails, as when n8n dies before the execution is stored. */
	breakHandOff = false;
	/** Every event that started an execution. */
	readonly emitted: IDataObject[] = [];
	readonly #workflow;
	readonly #tick: (testing?: boolean) => Promise<void>;
	#committed: IDataObject;
	#staged: IDataObject = {};
	#items: INodeExecutionData[] | undefined;
	#error: Error | undefined;

	constructor(
		credentials: Credentials,
		{
			parameters = {},
			durable = false,
			stored = {},
			budgetMs = 300_000,
			name = 'Trigger',
			type = 'synologyChatTrigger',
		}: PollerOptions = {},
	) {
		const node = synology(type, { event: 'messageReceived', simplify: false, ...parameters }, { name });
		this.#committed = copy(stored);
		this.#workflow = makeWorkflow([node], {}, durable ? {} : { [`node:${name}`]: copy(stored) });
		const emit = (data: INodeExecutionData[][]): void => {
			if (this.breakHandOff) throw new Error('The hand-off broke.');
			this.#items = data[0] ?? [];
			this.emitted.push(...this.#items.map(({ json }) => json));
			this.#committed = this.#staged;
		};
		const hooks = durable
			? ([
					async () => void (this.#committed = this.#staged),
					async (poll: () => Promise<unknown>) => {
						this.#staged = copy(this.#committed);
						return await poll();
					},
					() => this.#staged,
				] as const)
			: ([undefined, undefined, undefined] as const);
		const context = new PollContext(
			this.#workflow,
			node,
			additionalData(credentials),
			'trigger',
			'activate',
			emit as never,
			((error: Error) => void (this.#error = error)) as never,
			hooks[0] as never,
			hooks[1] as never,
			hooks[2],
			() => budgetMs,
		);
		this.#tick = service(PollTriggerExecutor).create(
			this.#workflow,
			node,
			context as unknown as IPollFunctions as never,
			() => true,
		);
	}

	/** One poll: the events, or undefined when there is nothing to start. Throws what the node threw. */
	async tick(): Promise<IDataObject[] | undefined> {
		this.#items = undefined;
		this.#error = undefined;
		await this.#tick();
		if (this.#error) throw this.#error as Error;
		return (this.#items as INodeExecutionData[] | undefined)?.map(({ json }) => json);
	}

	/** The items of the last poll, with their files. */
	get items(): INodeExecutionData[] {
		return this.#items ?? [];
	}

	/** Texts of the events of one poll. */
	async texts(): Promise<unknown[] | undefined> {
		return (await this.tick())?.map(({ text }) => text);
	}

	/** What n8n would find after a restart. */
	stored(durable = false): IDataObject {
		return copy(durable ? this.#committed : (Object.values(this.#workflow.staticData)[0] as IDataObject));
	}
}

const copy = (value: IDataObject): IDataObject => JSON.parse(JSON.stringify(value)) as IDataObject;
