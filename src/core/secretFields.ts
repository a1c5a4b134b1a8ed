import type { z } from '../vendor/zod';
import { isSecretName } from './redact';

/** What a schema is made of, as far as it leads to other schemas. */
export interface Definition {
	shape?: Record<string, z.ZodType>;
	element?: z.ZodType;
	valueType?: z.ZodType;
	innerType?: z.ZodType;
	options?: readonly z.ZodType[];
	in?: z.ZodType;
	out?: z.ZodType;
}

type Finder = (value: unknown, found: string[]) => void;

/** What was found out about a schema; undefined: it marks nothing as secret. */
const finders = new WeakMap<z.ZodType, Finder | undefined>();

/**
 * Texts of a value that its schema marks as secret (`widget: 'secret'`; with `secrets: 'byName'` what bears
 * the name of one), however deep.
 */
export function secretsOf(schema: z.ZodType, value: unknown): string[] {
	const found: string[] = [];
	finderOf(schema)?.(value, found);
	return found;
}

function finderOf(schema: z.ZodType): Finder | undefined {
	if (finders.has(schema)) return finders.get(schema);
	// A schema that holds itself finds nothing in its own inside.
	finders.set(schema, undefined);
	const { widget, secrets } = schema.meta() ?? {};
	const finder = widget === 'secret' ? note : secrets === 'byName' ? byName : within(schema.def as Definition);
	finders.set(schema, finder);
	return finder;
}

/** A list marked as secret is one of secrets. */
const note: Finder = (value, found) => {
	if (Array.isArray(value)) for (const one of value) note(one, found);
	else if (typeof value === 'number' || (typeof value === 'string' && value !== '')) found.push(String(value));
};

/** Names of parameters that may hold a secret, beside those that are known to. */
const SUSPECT =
	/passw(or)?d|passphrase|secret|^(pass|pwd|pw|pin|otp|_?sid|did|device_id|tid|key)$|token|otp_?code|(auth|private|enc|api)_?key/i;

/** Of parameters that no schema describes: the names say which are secret. */
const byName: Finder = (value, found) => {
	if (!isObject(value)) return;
	for (const [name, one] of Object.entries(value))
		if ((isSecretName(name) || SUSPECT.test(name)) && !isObject(one)) note(one, found);
		else byName(one, found);
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function within({ shape, element, valueType, innerType, options, in: input, out }: Definition): Finder | undefined {
	if (shape) return fields(shape);
	const item = element ?? valueType;
	if (item) {
		const finder = finderOf(item);
		return finder && ((value, found) => isObject(value) && Object.values(value).forEach((one) => finder(one, found)));
	}
	const inner = [innerType, input, out, ...(options ?? [])].flatMap((one) => (one && finderOf(one)) ?? []);
	return inner.length === 0 ? undefined : (value, found) => inner.forEach((finder) => finder(value, found));
}

function fields(shape: Record<string, z.ZodType>): Finder | undefined {
	const marked = Object.entries(shape).flatMap(([name, schema]) => {
		const finder = finderOf(schema);
		return finder ? [[name, finder] as const] : [];
	});
	if (marked.length === 0) return undefined;
	return (value, found) => {
		if (isObject(value)) for (const [name, finder] of marked) finder(value[name], found);
	};
}
