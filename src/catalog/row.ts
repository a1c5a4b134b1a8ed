import { z } from '../vendor/zod';

/**
 * What fields of answers are, in the one form that results have everywhere: ids as text, moments as ISO 8601, sizes in bytes. Each
 * takes what devices are known to send for it, and takes its own form unchanged, so that a row may be parsed again.
 */
export const field = {
	/** Id as text, which no host rounds; DSM sends numbers or text. */
	id: () => z.preprocess((value) => (typeof value === 'number' ? String(value) : value), z.string().min(1)),
	/** Text. */
	text: () => z.string(),
	/** A number that the NAS may send as text: a count, a version, a percentage. */
	number: () => z.preprocess(numberOf, z.number()),
	/** Size in bytes. */
	bytes: () => z.preprocess(numberOf, z.number().meta({ unit: 'bytes' })),
	/** Yes or no; also as 0 and 1, or text. */
	flag: () => z.preprocess((value) => FLAGS.get(value) ?? value, z.boolean()),
	/** Moment that the NAS sends in seconds since 1970. */
	seconds: () => z.preprocess((value) => isoOf(value, 1000), z.string().meta({ format: 'date-time' })),
	/** Moment that the NAS sends in milliseconds since 1970. */
	milliseconds: () => z.preprocess((value) => isoOf(value, 1), z.string().meta({ format: 'date-time' })),
	/** The same where 0 or nothing means never: null. */
	secondsOrNever: () =>
		z.preprocess((value) => isoOf(neverOf(value), 1000), z.string().meta({ format: 'date-time' }).nullable()),
	millisecondsOrNever: () =>
		z.preprocess((value) => isoOf(neverOf(value), 1), z.string().meta({ format: 'date-time' }).nullable()),
	/** Something that no log or error may show. */
	secret: () => z.string().meta({ widget: 'secret' }),
};

const FLAGS = new Map<unknown, boolean>([
	[0, false],
	[1, true],
	['0', false],
	['1', true],
	['false', false],
	['true', true],
]);

const isNumeric = (value: unknown): value is string =>
	typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim());
const numberOf = (value: unknown): unknown => (isNumeric(value) ? Number(value) : value);
const neverOf = (value: unknown): unknown =>
	value === 0 || value === '0' || value === '' || value === undefined ? null : value;

/** ISO 8601 of a moment in units of so many milliseconds; what is no number stays as it is. */
function isoOf(value: unknown, unit: number): unknown {
	const time = numberOf(value);
	if (typeof time !== 'number') return value;
	const moment = new Date(time * unit);
	return Number.isNaN(moment.getTime()) ? value : moment.toISOString().replace('.000Z', 'Z');
}

/** Milliseconds since 1970 of a moment in a parsed row; NaN where there is none. */
export const timeOf = (moment: string | null | undefined): number => (moment ? Date.parse(moment) : NaN);

/** Shape of a row: the declared fields, and whatever else the NAS sends. */
export type Row<S extends z.ZodRawShape> = z.ZodType<z.output<z.ZodObject<S, z.core.$loose>>> & {
	readonly fields: S;
	/** The same with more fields, for events and outcomes. */
	with: <M extends z.ZodRawShape>(more: M) => Row<Omit<S, keyof M> & M>;
	/** The same with other options. */
	as: (options: RowOptions) => Row<S>;
};

export interface RowOptions {
	/** Objects whose fields move up into the row, outer ones first: `['additional', 'time']`. */
	lift?: readonly string[];
	/** Objects whose fields move up behind the object's own name: `owner: {name}` becomes `owner_name`. */
	prefix?: readonly string[];
	/** Other names for fields, by the name on the wire: `{ isFolder: 'is_folder' }`. */
	rename?: Readonly<Record<string, string>>;
	/** What *Simplify* keeps: at most ten fields that a person would pick. */
	simple?: readonly string[];
	/** What came to the row by `with`: an event or an outcome is about it, so *Simplify* keeps it. */
	added?: readonly string[];
}

type OddListener = (value: unknown, name: string) => void;

/** Told of values that are not as declared, with the name of their field; tests let it throw. */
let onOddValue: OddListener = () => {};
export const watchOddValues = (listener: OddListener): void => void (onOddValue = listener);

/** What some parsing gives, with the odd values that it meets: they are told to nobody else. */
export function withOddValues<T>(parse: () => T): { parsed: T; odd: { name: string; value: unknown }[] } {
	const odd: { name: string; value: unknown }[] = [];
	const before = onOddValue;
	onOddValue = (value, name) => void odd.push({ name, value });
	try {
		return { parsed: parse(), odd };
	} finally {
		onOddValue = before;
	}
}

/**
 * A field that may be missing must not spoil its row when a device sends something else in it: it counts as missing then, and is told
 * to whoever watches.
 */
const lenient = (name: string, type: z.ZodType): z.ZodType =>
	type.safeParse(undefined).success
		? type.catch((context: { value: unknown } | undefined) => asMissing(name, context))
		: type;

/** The JSON schema of a field asks for its value without a context. */
function asMissing(name: string, context: { value: unknown } | undefined): undefined {
	if (context) onOddValue(context.value, name);
}

/** Names on the wire that a shape does not show, since it has others in their place. */
const hidden = new WeakMap<z.ZodType, readonly string[]>();
export const hide = <T extends z.ZodType>(schema: T, names: readonly string[]): T => {
	hidden.set(schema, names);
	return schema;
};
export const hiddenIn = (schema: z.ZodType): readonly string[] => hidden.get(schema) ?? [];

/**
 * Declares a row of an answer, flat and in the form of `field`. Fields that are not optional are what the row cannot be without;
 * unknown ones pass through.
 */
export function row<S extends z.ZodRawShape>(fields: S, options: RowOptions = {}): Row<S> {
	const object = z.looseObject(
		Object.fromEntries(Object.entries(fields).map(([name, type]) => [name, lenient(name, type as z.ZodType)])),
	);
	const { lift = [], prefix = [], rename = {}, simple, added } = options;
	const isPlain = lift.length === 0 && prefix.length === 0 && Object.keys(rename).length === 0;
	const shaped = isPlain ? object : z.preprocess((value) => flat(value, { lift, prefix, rename }), object);
	const own = [...lift, ...prefix, ...Object.keys(rename), ...Object.keys(fields).flatMap(unprefixed(prefix))];
	const picked = { ...(simple && { simple }), ...(added && { added }) };
	return Object.assign(hide(simple || added ? shaped.meta(picked) : shaped, own), {
		fields,
		with: (more: z.ZodRawShape) =>
			row({ ...fields, ...more }, { ...options, added: [...(added ?? []), ...newIn(more, fields)] }),
		as: (others: RowOptions) => row(fields, { ...options, ...(others.simple && { added: [] }), ...others }),
	}) as never;
}

/** Names that a row did not have; the id of an event is for programs. */
const newIn = (more: z.ZodRawShape, fields: z.ZodRawShape): string[] =>
	Object.keys(more).filter((name) => !(name in fields) && name !== 'event_id');

/** `owner_name` is `name` within `owner`. */
const unprefixed =
	(prefix: readonly string[]) =>
	(name: string): string[] =>
		prefix.filter((one) => name.startsWith(`${one}_`)).map((one) => name.slice(one.length + 1));

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

function flat(
	value: unknown,
	{ lift, prefix, rename }: Required<Pick<RowOptions, 'lift' | 'prefix' | 'rename'>>,
): unknown {
	if (!isObject(value)) return value;
	const found: Record<string, unknown> = { ...value };
	const moveUp = (name: string, before: string): void => {
		const inner = found[name];
		if (!isObject(inner)) return;
		delete found[name];
		// What the row itself says goes before what it says of details.
		for (const [key, one] of Object.entries(inner)) if (!Object.hasOwn(found, before + key)) found[before + key] = one;
	};
	for (const name of lift) moveUp(name, '');
	for (const name of prefix) moveUp(name, `${name}_`);
	for (const [from, to] of Object.entries(rename)) {
		if (!Object.hasOwn(found, from)) continue;
		found[to] = found[from];
		delete found[from];
	}
	return found;
}

/** An answer whose fields no source tells: it is given as it comes. */
export const uncaptured = z.preprocess((data) => data ?? {}, z.looseObject({}));
