/** Languages in which forms and help were written; set by the build. */
declare const LANGUAGES: readonly string[];

/** HTML of the last rows of the form of an action. */
declare const ACTION_ROWS: string;

/** Type of a typed input: one of the editor's own, or described. */
interface InputType {
	value: string;
	label: string;
	icon?: string;
	hasValue?: boolean;
	multiple?: boolean;
	options?: { value: string; label: string }[];
	autoComplete?: (text: string, done: (rows: Completion[]) => void) => void;
	expand?: (this: { input: Query }) => void;
}

interface Completion {
	value: string;
	label: Query;
}

/** The parts of jQuery, with the editor's widgets, that are used here. */
interface Query {
	readonly length: number;
	on: (event: string, listener: () => void) => Query;
	trigger: (event: string) => Query;
	val: (value: string) => Query;
	focus: () => Query;
	autoComplete: (command: 'instance') => { _updateCompletions: (text: string) => void };
	typedInput: {
		(options: { default: string; types: (string | InputType)[]; typeField?: string }): Query;
		(property: 'type' | 'value'): string;
		(property: 'type' | 'value', value: string): Query;
		(property: 'types', types: InputType[]): Query;
	};
}

/** Answer of a request that failed. */
interface Failure {
	status: number;
	statusText: string;
	responseJSON?: { message?: string; hint?: string };
}

declare const $: {
	(target: string | Element): Query;
	/** Paths are below the editor's own address; the editor adds its token. */
	ajax: (request: {
		url: string;
		type?: 'GET' | 'POST';
		dataType?: 'json' | 'text';
		contentType?: string;
		data?: string | Record<string, string>;
	}) => { then: (done: (answer: unknown) => void, failed: (failure: Failure) => void) => void };
};

/** A node as the editor has it, which may not be deployed. */
interface EditedNode {
	id: string;
	type: string;
	z?: string;
	/** New, or edited since the last deploy. */
	changed?: boolean;
	/** As far as they were looked at or edited: what was left alone stands as `__PWRD__`. */
	credentials?: Record<string, unknown>;
	_def: { defaults: object };
	[property: string]: unknown;
}

/** The parts of the editor that are used here. */
declare const RED: {
	_: (key: string) => string;
	settings: {
		httpNodeRoot?: string | false;
		context?: { default?: string; stores?: string[] };
	};
	i18n: { lang: () => string };
	events: { on: (event: string, listener: (subject: string) => void) => void };
	nodes: {
		eachNode: (look: (node: { type: string }) => void) => void;
		eachConfig: (look: (node: EditedNode) => void) => void;
		node: (id: string) => EditedNode | null;
		getType: (type: string) => { _: (key: string, values?: Record<string, string>) => string } | null;
	};
	view: { redraw: () => void };
	sidebar: { help: { show: (type: string, bringToFront: boolean) => void } };
	utils: { validateTypedProperty: (value: string, type: string, options: { label: string }) => boolean | string };
};

interface Window {
	synoflow?: object;
}
