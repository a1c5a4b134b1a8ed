import type { z } from '../vendor/zod';
import { BUDGETS } from './budget';

/** What has a type of its own below: wrappers of zod. */
interface Wrapper {
	innerType?: z.ZodType;
	in?: z.ZodType;
	options?: readonly z.ZodType[];
	type: string;
}

const WRAPPERS = new Set(['optional', 'nullable', 'default', 'prefault', 'readonly', 'catch', 'nonoptional']);
const VALUES = new Set(['string', 'number', 'enum', 'literal', 'null']);

/** Whether a value of the schema is one text, and no list or object. */
function isText(schema: z.ZodType): boolean {
	const { type, innerType, in: input, options } = schema.def as unknown as Wrapper;
	if (WRAPPERS.has(type) && innerType) return isText(innerType);
	if (type === 'pipe' && input) return isText(input);
	if (type === 'union' && options) return options.every(isText);
	return VALUES.has(type);
}

/**
 * Name of the first parameter of one line, such as a name, an address or words to look for, whose text is longer than any of them can be;
 * undefined: there is none. Texts of several lines have bounds of their own.
 */
export function longLine(schema: z.ZodObject, given: unknown): string | undefined {
	for (const [name, value] of Object.entries((given ?? {}) as Record<string, unknown>)) {
		if (typeof value !== 'string' || value.length <= BUDGETS.line.most) continue;
		const field = schema.shape[name] as z.ZodType | undefined;
		if (field && field.meta()?.['widget'] !== 'multiline' && isText(field)) return name;
	}
	return undefined;
}
