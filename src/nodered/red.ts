import type { EventEmitter } from 'node:events';

/** The parts of Node-RED's runtime that this package uses; the runtime has no type package of its own. */
export interface Red {
	nodes: {
		createNode: (node: object, config: NodeConfig) => void;
		getNode: (id: string) => unknown;
		getCredentials: (id: string) => Record<string, string> | undefined;
		/** Goes through what is deployed, whether it runs or not. */
		eachNode: (look: (config: NodeConfig) => void) => void;
		registerType: (type: string, constructor: NodeConstructor, options?: TypeOptions) => void;
	};
	events: {
		on: (
			event: 'flows:stopping' | 'flows:started',
			listener: (event: { diff?: { globalConfigChanged?: boolean } }) => void,
		) => void;
	};
	settings?: { httpNodeRoot?: string | false };
	httpAdmin: Router;
	/** Where flows are reached; absent where the settings switch it off. */
	httpNode?: {
		use: (handler: (request: WebRequest, answer: WebAnswer, next: (error?: unknown) => void) => void) => void;
	};
	auth: { needsPermission: (permission: string) => Handler };
	util: {
		cloneMessage: (message: Message) => Message;
		generateId: () => string;
		evaluateNodeProperty: (
			value: string,
			type: string,
			node: unknown,
			message: Message,
			done: (error: Error | null, value?: unknown) => void,
		) => void;
		getMessageProperty: (message: Message, property: string) => unknown;
		/** False where something that is no object stands in the way. */
		setMessageProperty: (message: Message, property: string, value: unknown, createMissing: boolean) => boolean;
		/** Names on the way to a property; throws for what is none. */
		normalisePropertyExpression: (property: string, message?: Message) => (string | number)[];
		parseContextStore: (name: string) => { store?: string; key: string };
	};
	log: { debug: (text: string) => void; warn: (text: string) => void };
	_: (key: string, values?: Record<string, unknown>) => string;
}

export type NodeConfig = Record<string, unknown> & { id: string; type: string };
export type NodeConstructor = (this: RedNode, config: NodeConfig) => void;

export interface TypeOptions {
	credentials?: Record<string, { type: 'text' | 'password' }>;
}

export type Message = Record<string, unknown> & { _msgid?: string };
export type Send = (message: Message | Message[]) => void;
export type Done = (error?: unknown) => void;

export interface Status {
	fill?: 'red' | 'green' | 'yellow' | 'blue' | 'grey';
	shape?: 'ring' | 'dot';
	text?: string;
}

export interface ContextStore {
	get: (key: string, store: string | undefined, done: (error: Error | null, value?: unknown) => void) => void;
	set: (key: string, value: unknown, store: string | undefined, done: (error?: Error | null) => void) => void;
}

/** What a running node belongs to: a tab, a subflow that is in use, or, above them, all flows. */
export interface FlowScope {
	parent?: FlowScope;
	/** Value of a variable here or further up, up to the environment of the process. */
	getSetting: (name: string) => unknown;
}

export interface RedNode extends EventEmitter {
	_flow?: FlowScope;
	id: string;
	type: string;
	name?: string;
	credentials?: Record<string, string>;
	send: Send;
	error: (error: unknown, message?: Message) => void;
	warn: (text: string) => void;
	log: (text: string) => void;
	debug: (text: string) => void;
	status: (status: Status) => void;
	context: () => ContextStore & { flow: ContextStore; global: ContextStore };
}

/** Request and answer where flows are reached (Express). */
export interface WebRequest {
	method: string;
	path: string;
	headers: Record<string, string | string[] | undefined>;
	query: Record<string, unknown>;
	/** Set when something before us has read it. */
	body?: unknown;
}

export interface WebAnswer {
	headersSent: boolean;
	status: (code: number) => WebAnswer;
	json: (body: unknown) => void;
	end: () => void;
	on: (event: 'close', listener: () => void) => void;
}

/** Request and answer of the admin API (Express). */
export interface AdminRequest {
	params: Record<string, string>;
	query: Record<string, unknown>;
	body: unknown;
}

export interface AdminAnswer {
	status: (code: number) => AdminAnswer;
	json: (body: unknown) => void;
	/** A text is sent as HTML. */
	send: (body: string) => void;
}

export type Handler = (request: AdminRequest, answer: AdminAnswer, next: () => void) => unknown;

export interface Router {
	get: (path: string, ...handlers: Handler[]) => void;
	post: (path: string, ...handlers: Handler[]) => void;
}
