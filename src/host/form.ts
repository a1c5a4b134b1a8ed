import type { By, Choices, Widget } from '../catalog/fields';
import type { AnyOperation, AnyPush, AnyTrigger } from '../catalog/operation';
import { z } from '../vendor/zod';

/** What a value is, and so how it is entered and read. A text with `widget: 'path'` is a text like others. */
export type Kind =
	'text' | 'multiline' | 'secret' | 'color' | 'number' | 'flag' | 'choice' | 'picker' | 'moment' | 'file' | 'json';

/** A value of a choice with its label. */
export interface Option {
	value: string;
	label: string;
}

/** One parameter as both hosts draw it and read it, from its declaration alone. */
export interface Field {
	name: string;
	title: string;
	description: string;
	placeholder?: string;
	kind: Kind;
	/** Several values: texts, numbers, choices or picks one by one, of kind `json` an array that is typed as such. */
	isList: boolean;
	required: boolean;
	/** A text that is not shown: a secret that comes with each item or message. */
	masked?: true;
	/** Stands in an application of SSO Server, where the host keeps these. */
	application?: true;
	/** Stands under "Options". */
	advanced: boolean;
	/** As declared; undefined when there is none. */
	default?: unknown;
	/** Values of a choice, in the order of their declaration. */
	options: Option[];
	/** Where a picker finds its rows. */
	choices?: Choices;
	/** Other ways to name what a picker picks, each with an example. */
	by?: By;
	/** Fields of one entry of a list of objects, where each of them is one plain value. */
	rows?: readonly Field[];
	/** Digits are a number: of a number, and of an id that is picked. */
	isNumeric: boolean;
	unit?: 'bytes' | 'seconds';
	/** Limits of a number. */
	range: { min?: number; max?: number };
	/** A moment whose text without an offset goes as it is: the operation knows the zone. */
	local: boolean;
}

/** The parts of a JSON schema, with the catalogue's metadata inline, that forms and examples are made from. */
export interface Schema {
	type?: string | string[];
	format?: string;
	const?: unknown;
	title?: string;
	description?: string;
	placeholder?: string;
	default?: unknown;
	enum?: unknown[];
	anyOf?: Schema[];
	items?: Schema;
	properties?: Record<string, Schema>;
	required?: string[];
	additionalProperties?: unknown;
	minimum?: number;
	exclusiveMinimum?: number;
	maximum?: number;
	widget?: Widget;
	passing?: boolean;
	application?: boolean;
	choices?: Choices;
	by?: By;
	advanced?: boolean;
	local?: boolean;
	unit?: 'bytes' | 'seconds';
	labels?: Record<string, string>;
	simple?: string[];
	added?: string[];
}

/** The JSON schema of a declaration, as it takes values or gives them. */
export const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Schema =>
	z.toJSONSchema(schema, { io, unrepresentable: 'any', override: keepDefault }) as Schema;

/** zod leaves out what stands in for nothing where values are changed when they are read. */
function keepDefault({ zodSchema: { _zod }, jsonSchema }: Parameters<Override>[0]): void {
	if (_zod.def.type !== 'default' || jsonSchema.default !== undefined) return;
	const value = _zod.def.defaultValue;
	if (['string', 'number', 'boolean'].includes(typeof value)) jsonSchema.default = value as string;
}

type Override = NonNullable<NonNullable<Parameters<typeof z.toJSONSchema>[1]>['override']>;

/** Keeps what was made of a declaration: forms are drawn and read many times. */
function cached<T>(make: (schema: z.ZodType) => T): (schema: z.ZodType) => T {
	const known = new WeakMap<z.ZodType, { made: T }>();
	return (schema) => {
		const found = known.get(schema) ?? { made: make(schema) };
		known.set(schema, found);
		return found.made;
	};
}

/** Fields of an object schema in the order of their declaration. */
export const fieldsOf: (params: z.ZodType) => readonly Field[] = cached((params) => {
	const { properties = {}, required = [] } = schemaOf(params, 'input');
	return Object.entries(properties).map(([name, schema]) => toField(name, schema, required.includes(name)));
});

/** Fields that are left where what belongs to an application of SSO Server stands elsewhere. */
export const withoutApplication = (fields: readonly Field[]): readonly Field[] =>
	fields.filter(({ application }) => !application);

function toField(name: string, schema: Schema, required: boolean): Field {
	const { title, description = '', placeholder, choices, by, unit } = schema;
	const kind = kindOf(schema);
	const rows = rowsOf(schema);
	const { enum: values = [], labels = schema.labels } = schema.type === 'array' ? (schema.items ?? {}) : schema;
	return {
		name,
		title: title ?? sentence(name),
		description,
		...(placeholder !== undefined && { placeholder }),
		kind,
		isList: isArray(schema) || (['json', 'picker'].includes(kind) && (schema.anyOf ?? []).some(isArray)),
		required,
		...(schema.passing && { masked: true as const }),
		...(schema.application && { application: true as const }),
		advanced: schema.advanced === true,
		...(schema.default !== undefined && { default: schema.default }),
		options: values.map((value) => toOption(String(value), { ...labels, ...schema.labels })),
		...(choices && { choices }),
		...(by && { by }),
		...(rows && { rows }),
		isNumeric: isNumeric(schema.type === 'array' ? schema.items : schema),
		...(unit && { unit }),
		range: rangeOf(schema),
		local: schema.local === true,
	};
}

/** Fields of the objects in a list, if they are plain: what holds lists or objects itself has to be typed as JSON. */
function rowsOf(schema: Schema): Field[] | undefined {
	const { items } = [schema, ...(schema.anyOf ?? [])].find(isArray) ?? {};
	const entry = [items, ...(items?.anyOf ?? [])].find((one) => one?.properties);
	if (!entry) return undefined;
	const fields = Object.entries(entry.properties!).map(([name, one]) =>
		toField(name, one, !!entry.required?.includes(name)),
	);
	return fields.every(({ kind, isList }) => kind !== 'json' && !isList) ? fields : undefined;
}

const isArray = ({ type }: Schema): boolean => type === 'array';
const isNumeric = (schema: Schema = {}): boolean => ['integer', 'number'].includes(plainType(schema) ?? '');

const toOption = (value: string, labels: Record<string, string> = {}): Option => ({
	value,
	label: labels[value] ?? sentence(value),
});

/** "sort_by" -> "Sort by". */
const sentence = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ');

const WIDGETS: readonly Widget[] = ['file', 'moment', 'multiline', 'secret', 'color'];
const TYPES: Record<string, Kind> = { string: 'text', integer: 'number', number: 'number', boolean: 'flag' };

function kindOf(schema: Schema): Kind {
	const { widget, choices, items, passing } = schema;
	if (passing) return 'text';
	if (widget === 'picker' && choices) return 'picker';
	// A list of plain values is typed one by one, whatever else is declared.
	if (isArray(schema)) return items?.enum ? 'choice' : (TYPES[plainType(items ?? {}) ?? ''] ?? 'json');
	if (widget === 'json') return 'json';
	if (widget && WIDGETS.includes(widget)) return widget as Kind;
	return schema.enum ? 'choice' : (TYPES[plainType(schema) ?? ''] ?? 'json');
}

/** Type of a value; in a union the text wins, since every entry can be written as one. */
function plainType({ type, anyOf }: Schema): string | undefined {
	if (anyOf) {
		const types = anyOf.map(plainType).filter((one) => one !== 'null');
		return types.includes('string') ? 'string' : types[0];
	}
	return Array.isArray(type) ? type.find((one) => one !== 'null') : type;
}

/** Limits that were declared: whole numbers have some of their own. */
function rangeOf({ minimum, exclusiveMinimum, maximum }: Schema): Field['range'] {
	const min = minimum ?? (exclusiveMinimum === undefined ? undefined : exclusiveMinimum + 1);
	return {
		...(min !== undefined && min > Number.MIN_SAFE_INTEGER && { min }),
		...(maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER && { max: maximum }),
	};
}

/**
 * Entries of a list as they are typed: a JSON array, one in each line, or with commas between them. Names of files may hold commas
 * themselves: only one before another place parts these.
 */
export function listOf({ isNumeric: numeric, by }: Pick<Field, 'isNumeric' | 'by'>, value: unknown): unknown[] {
	const comma = by?.path === undefined ? /,/ : /,\s*(?=\/|id:|link:|https?:|\d+\s*(?:,|$))/;
	const entries = Array.isArray(value)
		? (value as unknown[])
		: typeof value === 'string'
			? split(value, comma)
			: [value];
	return numeric ? entries.map(digits) : entries;
}

function split(text: string, comma: RegExp): unknown[] {
	const whole = text.trim();
	if (whole.startsWith('[')) {
		const array = parsed(whole);
		if (Array.isArray(array)) return array;
	}
	return whole
		.split(whole.includes('\n') ? '\n' : comma)
		.map((part) => part.trim())
		.filter((part) => part !== '');
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

const digits = (value: unknown): unknown =>
	typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value)) ? Number(value) : value;

/** One value as its field takes it: expressions and messages often give digits as text. */
export const valueOf = ({ isNumeric: numeric }: Pick<Field, 'isNumeric'>, value: unknown): unknown =>
	numeric ? digits(value) : value;

/** Whether the NAS is asked for each text that one looks for; other lists are read once. */
export const isSearched = ({ search, inside }: Choices): boolean => search !== undefined || inside !== undefined;

/** Whether an operation gives rows: hosts offer "Return All" and "Limit" where nothing is written, and one item for each. */
export const isList = ({ returns, result }: AnyOperation): boolean =>
	returns !== 'file' && (result as z.ZodType) instanceof z.ZodArray;

/** Whether no evidence confirms it: said beside its description, never in its name. */
export const isUnverified = ({ basis }: Pick<AnyOperation | AnyTrigger | AnyPush, 'basis'>): boolean =>
	basis === 'inferred';

/** What to tell of such a one. */
export const UNVERIFIED = 'No capture from a device and no text of the maker confirms it yet. Check the result.';

/** Most fields of a simplified row. */
const SIMPLE = 10;
/** An open row of this many known fields has more than ten on a real NAS. */
const OPEN = 5;

/**
 * Names of the fields that a simplified row keeps, or undefined when it is simple as it is: those that the declaration picks, else the
 * first ten, and what an event or an outcome adds to the row. Open rows let through what the NAS sends beside the declared fields.
 */
export const simpleFieldsOf: (result: z.ZodType) => readonly string[] | undefined = cached((result) => {
	const schema = schemaOf(result, 'output');
	const row = isArray(schema) ? (schema.items ?? {}) : schema;
	const { simple, added = [] } = row;
	if (simple) return [...new Set([...simple, ...added])];
	const names = Object.keys(row.properties ?? {});
	const isOpen = typeof row.additionalProperties === 'object';
	return names.length > SIMPLE || (isOpen && names.length >= OPEN)
		? [...names.filter((name) => !added.includes(name)).slice(0, SIMPLE - added.length), ...added]
		: undefined;
});

/** The row with these fields alone, in their order, as far as it has them. */
export const simplified = <T extends object>(row: T, fields: readonly string[]): Partial<T> =>
	Object.fromEntries(
		fields.filter((name) => name in row).map((name) => [name, row[name as keyof T]]),
	) as unknown as Partial<T>;
