import type { IExecuteFunctions } from 'n8n-workflow';
import type { AnyOperation } from '../catalog/operation';
import type { FileSource } from '../core/call';
import { DsmInputError } from '../core/errors';
import { fieldsOf, listOf, valueOf, type Field } from '../host/form';
import { isOption, isRows, rowFields } from './fields';
import { localOf, momentOf } from './moments';

type Params = Record<string, unknown>;

/** Where values come from: parameters of the node, time zone of the workflow, binary data of the item. */
export interface Source {
	read: (name: string) => unknown;
	timeZone: string;
	file: (fieldName: string) => Promise<FileSource>;
}

/** Parameters of an operation or trigger as the form and its expressions give them, in the types that the catalogue takes. */
export async function readParams({ params }: Pick<AnyOperation, 'params'>, source: Source): Promise<Params> {
	const fields = fieldsOf(params);
	const options = fields.some(isOption) ? (source.read('options') as Params | undefined) : undefined;
	const given = fields.map(async (field) => {
		const value = isOption(field) ? options?.[field.name] : source.read(field.name);
		return [field.name, value === undefined ? undefined : await convert(field, value, source)] as const;
	});
	return Object.fromEntries((await Promise.all(given)).filter(([, value]) => value !== undefined));
}

async function convert(field: Field, raw: unknown, source: Source): Promise<unknown> {
	const value = unwrap(raw);
	if (isRows(field) && isObject(value)) return await rowsOf(field, value, source);
	if (field.kind === 'json') return json(field, value);
	if (field.isList) return list(field, value);
	switch (field.kind) {
		case 'file':
			return value === '' || value === null ? undefined : await source.file(String(value));
		case 'moment':
			return field.local ? localOf(value) : momentOf(value, source.timeZone);
		case 'flag':
			return value === 'true' ? true : value === 'false' ? false : value;
		case 'number':
		case 'picker':
			return value === '' || value === null ? undefined : valueOf(field, value);
		case 'choice':
			return value === '' || value === null ? undefined : value;
		default:
			return text(field, value);
	}
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Entries of rows as the form keeps them; what an expression in the first field gives may be several of them. */
async function rowsOf(field: Field, { rows = [] }: Record<string, unknown>, source: Source): Promise<unknown> {
	const fields = rowFields(field);
	const entries: unknown[] = [];
	for (const row of rows as Params[]) {
		const first = unwrap(row[fields[0]!.name]);
		if (Array.isArray(first)) entries.push(...(first as unknown[]).map(unwrap));
		else if (isObject(first)) entries.push(first);
		else if (first !== undefined && first !== null && first !== '') entries.push(await entryOf(field, row, source));
	}
	if (entries.length === 0 && !field.required) return undefined;
	return field.rows ? entries : entries.map((entry) => valueOf(field, entry));
}

async function entryOf(field: Field, row: Params, source: Source): Promise<unknown> {
	const fields = rowFields(field);
	const values = await Promise.all(fields.map(async (one) => [one.name, await convert(one, row[one.name], source)]));
	const given = Object.fromEntries(values.filter(([, value]) => value !== undefined && value !== '')) as Params;
	return field.rows ? given : given[fields[0]!.name];
}

/** A resource locator holds its value together with the way it was chosen. */
function unwrap(value: unknown): unknown {
	return typeof value === 'object' && value !== null && '__rl' in value ? (value as { value?: unknown }).value : value;
}

/** An empty field means "not given", except where an empty text is what the parameter has to be. */
function text({ required, ...field }: Field, value: unknown): unknown {
	if (value === '' || value === null) return required ? '' : (field.default ?? undefined);
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Arrays of a list or an expression, or a text that lists them. */
function list(field: Field, value: unknown): unknown {
	const entries = listOf(field, Array.isArray(value) ? value.map(unwrap) : (value ?? ''));
	return entries.length === 0 && !field.required ? undefined : entries;
}

function json({ name, title }: Field, value: unknown): unknown {
	if (typeof value !== 'string') return value ?? undefined;
	if (value.trim() === '') return undefined;
	try {
		return JSON.parse(value) as unknown;
	} catch {
		throw new DsmInputError(`"${title}" is not JSON.`, {
			path: [name],
			hint: `Check the parameter "${title}": texts and names need double quotes, and the last entry no comma.`,
		});
	}
}

/** Binary data of an input item as a stream that can be opened again, when a request has to be repeated. */
export async function fileOf(context: IExecuteFunctions, itemIndex: number, fieldName: string): Promise<FileSource> {
	const { helpers } = context;
	const data = helpers.assertBinaryData(itemIndex, fieldName);
	const name = data.fileName ?? (data.fileExtension ? `${fieldName}.${data.fileExtension}` : fieldName);
	const { id, mimeType: type } = data;
	if (id === undefined) {
		const buffer = await helpers.getBinaryDataBuffer(itemIndex, fieldName);
		return {
			name,
			type,
			size: buffer.length,
			open: async function* () {
				yield buffer;
			},
		};
	}
	const { fileSize } = await helpers.getBinaryMetadata(id);
	return { name, type, size: fileSize, open: async () => await helpers.getBinaryStream(id) };
}
