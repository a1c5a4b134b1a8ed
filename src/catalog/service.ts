import type { Explained } from '../core/codes';
import { setId, type AnyOperation } from '../core/operation';
import type { Right } from '../core/right';
import type { AnyPush, AnyTrigger } from './operation';

/** What one works with: "Message", "Channel". */
export interface Resource<O extends Record<string, AnyOperation> = Record<string, AnyOperation>> {
	title: string;
	operations: O;
	/** A message that can ask: the operation that sends it, and its parameter that holds the text. */
	asks?: { by: string; text: string };
}

export const resource = <O extends Record<string, AnyOperation>>(
	title: string,
	operations: O,
	more: Pick<Resource, 'asks'> = {},
): Resource<O> => ({ title, operations, ...more });

export interface Service<
	R extends Record<string, Resource> = Record<string, Resource>,
	T extends Record<string, AnyTrigger> = Record<string, AnyTrigger>,
> {
	/** First part of every id: `chat`. */
	id: string;
	/** "Chat"; hosts put "Synology" before it. */
	title: string;
	summary: string;
	/** Name of the DSM package that must be installed; absent for what every DSM has. */
	package?: string;
	/** Packages that some of its APIs need, by the prefix of their names. */
	packages?: Readonly<Record<string, string>>;
	/** Application privilege the account needs, as DSM shows it. */
	privilege?: string;
	/** The least right that most of it needs; absent: the privilege, where there is one, else any account. */
	right?: Right;
	/** Prefix of the API names whose codes `errors` explains, or several: `SYNO.Chat.`. */
	apis: string | readonly string[];
	errors: Readonly<Record<number, Explained>>;
	/** Codes that mean something else in some APIs of the service, by API. */
	errorsOf?: Readonly<Record<string, Readonly<Record<number, Explained>>>>;
	/** Milliseconds that the service wants between two calls by one account or token, by "API method". */
	spacing?: Record<string, number>;
	/** Methods of another library that people come from, each with the operation in its place: shown in the reference. */
	replaces?: { library: string; methods: readonly { method: string; operation: string }[] };
	resources: R;
	triggers: T;
	/** Events that the NAS tells of by itself. */
	pushes?: Record<string, AnyPush>;
}

/** Puts a service together and gives each declaration its id. */
export function service<R extends Record<string, Resource>, T extends Record<string, AnyTrigger>>(
	declaration: Service<R, T>,
): Service<R, T> {
	for (const [resourceName, { operations }] of Object.entries(declaration.resources)) {
		for (const [name, item] of Object.entries(operations)) setId(item, `${declaration.id}.${resourceName}.${name}`);
	}
	for (const [name, item] of [...Object.entries(declaration.triggers), ...Object.entries(declaration.pushes ?? {})])
		setId(item, `${declaration.id}.${name}`);
	return declaration;
}
