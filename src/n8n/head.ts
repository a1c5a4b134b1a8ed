import type {
	ICredentialTestFunction,
	IHookFunctions,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodeProperties,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import type { Choices } from '../catalog/fields';
import { written, type Part } from '../host/written';
import { useHost } from '../platform';
import { headName, serviceById } from '../services';

/*
 * What the heads in nodes/ and credentials/ are made of. n8n loads every head when it starts, so nothing is loaded here before
 * something runs: what follows from the catalogue was written to JSON by the build, and the rest comes on first use.
 */

const load = {
	ask: () => require('./ask') as typeof import('./ask'),
	credential: () => require('./credential') as typeof import('./credential'),
	items: () => require('./items') as typeof import('./items'),
	node: () => require('./node') as typeof import('./node'),
	pickers: () => require('./pickers') as typeof import('./pickers'),
	push: () => require('./push') as typeof import('./push'),
	trigger: () => require('./trigger') as typeof import('./trigger'),
};

/** A function that n8n calls; what it lends for HTTP is taken first. */
const called = <C extends { helpers: object }, A extends unknown[], R>(call: (context: C, ...given: A) => Promise<R>) =>
	async function (this: C, ...given: A): Promise<R> {
		useHost(this.helpers);
		return await call(this, ...given);
	};

/** The part of a description that follows from the catalogue. */
export type Derived = Pick<
	INodeTypeDescription,
	'version' | 'group' | 'description' | 'defaults' | 'inputs' | 'outputs' | 'properties'
> &
	Partial<Pick<INodeTypeDescription, 'polling' | 'webhooks'>>;

/** The methods of a service's nodes: the lists that they pick from, and whether they ask for the token of a bot. */
export interface Methods {
	bots: boolean;
	lists: Record<string, Choices>;
}

/** Everything that the build writes for a service, by file. */
export function partsOf(id: string) {
	const at = (name: string) => `nodes/${headName({ id })}/${name}.json`;
	return {
		action: [at('action'), () => load.node().describe(serviceById(id))],
		trigger: [at('trigger'), () => load.node().describeTrigger(serviceById(id))],
		push: [at('push'), () => load.node().describePush(serviceById(id))],
		methods: [
			at('methods'),
			() => ({ bots: load.node().hasBots(serviceById(id)), lists: load.pickers().listsOf(serviceById(id)) }),
		],
	} satisfies Record<string, Part<Derived | Methods>>;
}

/** Everything that the build writes for the credentials, by file. */
export const credentialParts = {
	connection: ['credentials/SynologyNasApi.json', () => load.credential().connectionProperties()],
	bot: ['credentials/SynologyChatBotApi.json', () => load.credential().botProperties()],
} satisfies Record<string, Part<INodeProperties[]>>;

/** The form of the credential of an account, of a bot. */
export const connectionProperties = (): INodeProperties[] => written(credentialParts.connection);
export const botProperties = (): INodeProperties[] => written(credentialParts.bot);

/** What the catalogue adds to the description of an action node, a poll trigger, a push trigger. */
export const describe = (id: string): Derived => written<Derived>(partsOf(id).action);
export const describeTrigger = (id: string): Derived => written<Derived>(partsOf(id).trigger);
export const describePush = (id: string): Derived => written<Derived>(partsOf(id).push);

const testSynologyNas: ICredentialTestFunction = called(
	async (context, credential) => await load.credential().testSynologyNas.call(context, credential),
);

const testSynologyChatBot: ICredentialTestFunction = called(
	async (context, credential) => await load.credential().testSynologyChatBot.call(context, credential),
);

type Search = (this: ILoadOptionsFunctions, filter?: string, token?: string) => Promise<INodeListSearchResult>;
type Load = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

const searching = (choices: Choices): Search =>
	called(
		async (context, filter?: string, token?: string) =>
			await load.pickers().searchMethod(choices).call(context, filter, token),
	);

const loading = (choices: Choices): Load =>
	called(async (context) => await load.pickers().loadMethod(choices).call(context));

const mapValues = <V, R>(values: Record<string, V>, change: (value: V) => R): Record<string, R> =>
	Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));

/** What the editor calls: the tests of the credentials, and the lists to pick from. */
export function methods(id: string) {
	const { bots, lists } = written<Methods>(partsOf(id).methods);
	return {
		credentialTest: { testSynologyNas, ...(bots && { testSynologyChatBot }) },
		listSearch: mapValues(lists, searching),
		loadOptions: mapValues(lists, loading),
	};
}

/** `execute` of an action node. */
export const run = (id: string): NonNullable<INodeType['execute']> =>
	called(async (context) => await load.items().run(serviceById(id)).call(context));

/** `webhook` of an action node that can ask: takes the answers. */
export const answer: NonNullable<INodeType['webhook']> = called(
	async (context) => await load.ask().answer.call(context),
);

/** `poll` of a poll trigger. */
export const poll = (id: string): NonNullable<INodeType['poll']> =>
	called(async (context) => await load.trigger().poll(serviceById(id)).call(context));

/** `webhook` of a push trigger. */
export const receive = (id: string): NonNullable<INodeType['webhook']> =>
	called(async (context) => await load.push().receive(serviceById(id)).call(context));

/** `webhookMethods` of a push trigger: its registration on the NAS. */
export function registration(id: string) {
	const step = (name: 'checkExists' | 'create' | 'delete') =>
		called(
			async (context: IHookFunctions): Promise<boolean> =>
				await load.push().registration(serviceById(id)).default[name].call(context),
		);
	return { default: { checkExists: step('checkExists'), create: step('create'), delete: step('delete') } };
}
