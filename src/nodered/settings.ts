import { connectionSchema } from '../core/connection';
import { DsmInputError } from '../core/errors';
import type { z } from '../vendor/zod';
import type { FlowScope, NodeConfig, Red, RedNode, TypeOptions } from './red';

/** What the editor sends instead of a stored secret that was not changed. */
export const UNCHANGED = '__PWRD__';

/** Settings kept as credentials, outside the flow file: the secrets, and the account beside them. */
export function credentialsOf({ shape }: z.ZodObject): NonNullable<TypeOptions['credentials']> {
	const isSecret = (name: string): boolean => shape[name]?.meta()?.widget === 'secret';
	return Object.fromEntries(
		Object.keys(shape)
			.filter((name) => isSecret(name) || name === 'account')
			.map((name) => [name, { type: isSecret(name) ? 'password' : 'text' }]),
	);
}

/** Settings of a saved node, form values and credentials together. */
export function settingsOf<S extends z.ZodObject = typeof connectionSchema>(
	config: NodeConfig,
	credentials: Record<string, string> = {},
	schema = connectionSchema as z.ZodObject as S,
): z.input<S> {
	const secret = credentialsOf(schema);
	const names = Object.keys(schema.shape);
	return Object.fromEntries(
		names.map((name) => [name, name in secret ? credentials[name] : config[name]]),
	) as z.input<S>;
}

/** Values of an open form, or of a node that is not deployed: its `id`, the tab or subflow `z` that holds it, and its settings. */
export type FormValues = Record<string, string>;

/** The texts of a request's body. */
export const asTexts = (body: unknown): FormValues =>
	Object.fromEntries(
		Object.entries((body ?? {}) as Record<string, unknown>).filter(
			(entry): entry is [string, string] => typeof entry[1] === 'string',
		),
	);

/** The same settings that a deploy would give the node: secrets that were left alone as stored, `${NAME}` by its value. */
export function settingsOfForm<S extends z.ZodObject = typeof connectionSchema>(
	red: Red,
	form: FormValues,
	schema = connectionSchema as z.ZodObject as S,
): z.input<S> {
	const stored = red.nodes.getCredentials(form['id'] ?? '') ?? {};
	const given = (name: string) => (form[name] === undefined || form[name] === UNCHANGED ? stored[name] : form[name]);
	const resolve = resolver(red, form['id'], form['z']);
	const credentials = Object.keys(credentialsOf(schema)).map((name) => [name, resolve(given(name))]);
	const config = Object.entries(form).map(([name, value]) => [name, resolve(value)]);
	return checkVariables(settingsOf(Object.fromEntries(config), Object.fromEntries(credentials), schema));
}

/**
 * Settings in which every variable has its value. Throws DsmInputError for one without: Node-RED leaves its name in place, and a login
 * with that would count as a wrong password.
 */
export function checkVariables<T extends object>(settings: T): T {
	for (const [name, value] of Object.entries(settings)) {
		if (typeof value !== 'string' || !VARIABLE.test(value)) continue;
		throw new DsmInputError(`The variable ${value} of the connection has no value.`, {
			path: [name],
			hint: 'Set it for Node-RED, its flow or its subflow, or enter the value itself.',
		});
	}
	return settings;
}

/** `${NAME}`, or `$(NAME)` of old: as Node-RED reads a property when it makes a node. */
const VARIABLE = /^\$(?:\{(\S+)\}|\((\S+)\))$/;

/** Puts values of the environment in place, as Node-RED does for a node at this place. A name without a value stays as it is. */
export function resolver(red: Red, id?: string, z?: string): <T>(value: T) => T {
	const scope = scopeOf(red, id, z);
	return <T>(value: T): T => {
		const [, braced, old] = (typeof value === 'string' && VARIABLE.exec(value)) || [];
		const name = braced ?? old;
		if (name === undefined) return value;
		return ((scope ? scope.getSetting(name) : process.env[name]) ?? value) as T;
	};
}

/**
 * Where variables of a node are looked up: in its flow; for one that does not run yet, in that of a neighbour or of an instance of its
 * subflow; outside of tabs, in that of all flows. Undefined while nothing runs there.
 */
function scopeOf(red: Red, id = '', z = ''): FlowScope | undefined {
	const flowOf = (one: string): FlowScope | undefined => (red.nodes.getNode(one) as RedNode | null | undefined)?._flow;
	const own = id === '' ? undefined : flowOf(id);
	if (own) return own;
	let found: FlowScope | undefined;
	red.nodes.eachNode((config) => {
		const isNear = z === '' || config['z'] === z || config.type === `subflow:${z}`;
		if (isNear) found ??= flowOf(config.id);
	});
	// What stands in no tab knows the variables of all flows alone, not those of the tab that led here.
	while (z === '' && found?.parent?.parent) found = found.parent;
	return found;
}
