/*
 * What the generators (src/nodered/editor) write and this code reads. Types only: nothing here is of the browser.
 */

/** What a value is, and so how it is entered. */
export type FieldKind =
	'text' | 'multiline' | 'secret' | 'color' | 'number' | 'flag' | 'choice' | 'picker' | 'moment' | 'file' | 'json';

/** One parameter of a form, in the language of the editor. */
export interface FieldData {
	name: string;
	kind: FieldKind;
	title: string;
	description?: string;
	placeholder?: string;
	/** Several values. */
	list?: true;
	required?: true;
	/** Stands under "Options". */
	advanced?: true;
	/** Value of a new node, as text. */
	initial?: string;
	options?: { value: string; label: string }[];
	/** `search`: the NAS searches; `list`: one list, filtered by the browser. */
	picker?: 'list' | 'search';
}

/** Form of one operation or event. */
export interface EntryData {
	summary: string;
	/** No evidence from a device or the maker. */
	unverified?: true;
	/** What else people type to find it: names of calls, other verbs. */
	search: string;
	fields: FieldData[];
}

/** By group, then by name; events are in one group named `trigger`. */
export type Grouped<T> = Record<string, Record<string, T>>;

/** The file that is fetched when the first form of a service opens: by node type. */
export type ServiceForms = Record<string, Grouped<EntryData>>;

/** What is known of an operation or event before a form opens: enough to check a saved node, and to show what belongs to it. */
export interface EntryHead {
	/** Names of the parameters that must be filled in. */
	required?: string[];
	/** Gives rows. */
	list?: true;
	/** A limit cuts its rows. */
	cut?: true;
	/** Gives a file. */
	file?: true;
	/** Takes a file, which may come in chunks. */
	takes?: true;
	/** Goes with the token of a bot instead of an account. */
	token?: true;
	/** Some of its parameters stand in an application of SSO Server. */
	sso?: true;
	/** Can be woken by hints of the NAS. */
	wake?: true;
}

/** What the checks and the palette know of a node type. */
export interface NodeHead {
	/** Empty: the node is of no service, and has no operations or events. */
	service: string;
	kind: 'action' | 'trigger' | 'push' | 'connection';
	groups: Grouped<EntryHead>;
	/** What people type to find it in the palette. */
	words: string;
}

/** Titles of a node type's operations or events. */
export interface NodeTitles {
	/** Short name of the service: "Chat". */
	service: string;
	groups: Record<string, string>;
	entries: Grouped<string>;
}

/** The file that is fetched when the first node of a service is on the canvas: by node type. */
export type ServiceTitles = Record<string, NodeTitles>;

/** A field of a connection's form, whose texts are in the message catalogue. */
export interface SettingData {
	name: string;
	kind: FieldKind;
	required: boolean;
	initial: string;
}

/** What is known of a connection. */
export interface ConnectionData {
	type: string;
	credentials: Record<string, { type: 'text' | 'password' }>;
	fields: SettingData[];
}

/** A value as a node saves it. */
export interface TypedValue {
	type: string;
	value: string;
	/** What a picked value was called in the list. */
	label?: string;
}

export type Values = Record<string, TypedValue>;

/** What the buttons of a connection are answered. */
export interface TestAnswer {
	ok: boolean;
	message: string;
	hint?: string;
	/** Setting that the message is about. */
	field?: string;
	/** Issued for a one-time code, or in place of the one that was given: the form keeps it, and the next deploy saves it. */
	deviceId?: string;
}

/** What the button *Check this NAS* is answered beside what a test says: what works, in words, and the report to be saved as a file. */
export interface CheckAnswer {
	found: {
		dsm: string;
		complete: boolean;
		services: { service: string; title: string; counts: string[]; reasons: string[] }[];
	};
	report: object;
}
