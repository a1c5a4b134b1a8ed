import type { Call } from '../core/call';
import type { Definition } from '../core/secretFields';
import type { z } from '../vendor/zod';
import { hiddenIn } from './row';

const known = new WeakMap<Call, ReadonlySet<string>>();

/** Names of fields that a call declares for its answer, as they are on the wire and as results have them. */
export function wireNames(call: Call): ReadonlySet<string> {
	const found = known.get(call) ?? new Set(call.answer ? namesOf(call.answer, new Set()) : []);
	known.set(call, found);
	return found;
}

function namesOf(schema: z.ZodType, seen: Set<z.ZodType>): string[] {
	if (seen.has(schema)) return [];
	seen.add(schema);
	const { shape = {}, element, valueType, innerType, options = [], in: input, out } = schema.def as Definition;
	const inner = [...Object.values(shape), element, valueType, innerType, ...options, input, out];
	return [
		...hiddenIn(schema),
		...Object.keys(shape),
		...inner.flatMap((one) => (one === undefined ? [] : namesOf(one, seen))),
	].filter((name) => name !== '' && name !== '*');
}
