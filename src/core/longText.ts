import type { z } from '../vendor/zod';
import { BUDGETS, type BudgetName } from './budget';

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

/** The budget of a text for a parameter: its own, that of a line, or that of texts of several lines, lists and JSON. */
export function budgetOf(field: z.ZodType): BudgetName {
	const { budget, widget } = field.meta() ?? {};
	return (budget as BudgetName | undefined) ?? (widget !== 'multiline' && isText(field) ? 'line' : 'text');
}

/** A parameter that is larger than any use of it. */
export interface TooLarge {
	path: (string | number)[];
	/** Characters, or entries of a list. */
	size: number;
	budget: BudgetName;
}

/** The first parameter whose text or list is larger than its budget; undefined: there is none. What files hold is no parameter. */
export function tooLarge(schema: z.ZodObject, given: unknown): TooLarge | undefined {
	for (const [name, value] of Object.entries((given ?? {}) as Record<string, unknown>)) {
		const field = schema.shape[name] as z.ZodType | undefined;
		const found = field && largeIn(value, budgetOf(field));
		if (found) return { ...found, path: [name, ...found.path] };
	}
	return undefined;
}

function largeIn(value: unknown, budget: BudgetName): TooLarge | undefined {
	if (typeof value === 'string') return over(value.length, budget, []);
	if (!Array.isArray(value)) return undefined;
	for (const [index, one] of value.slice(0, BUDGETS.entries.most).entries()) {
		const found = typeof one === 'string' ? over(one.length, budget, [index]) : undefined;
		if (found) return found;
	}
	return over(value.length, 'entries', []);
}

const over = (size: number, budget: BudgetName, path: number[]): TooLarge | undefined =>
	size > BUDGETS[budget].most ? { path, size, budget } : undefined;
