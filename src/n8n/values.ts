import type { IExecuteFunctions } from 'n8n-workflow';
import type { AnyOperation } from '../catalog/operation';
import type { FileSource } from '../core/call';
import { DsmInputError } from '../core/errors';
import { localOf, momentOf } from './moments';
import { fieldsOf, isOption, plainType, type Field } from './schema';

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
	switch (field.kind) {
		case 'file':
			return value === '' || value === null ? undefined : await source.file(String(value));
		case 'moment':
			return field.schema.local ? localOf(value) : momentOf(value, source.timeZone);
		case 'json':
			return json(field, value);
		case 'list':
		case 'pickers':
		case 'multiOptions':
			return list(field, value);
		case 'boolean':
			return value === 'true' ? true : value === 'false' ? false : value;
		case 'number':
		case 'picker':
			return value === '' || value === null ? undefined : number(field, value);
		case 'options':
			return value === '' || value === null ? undefined : value;
		case 'string':
			return text(field, value);
	}
}

/** A resource locator holds its value together with the way it was chosen. */
function unwrap(value: unknown): unknown {
	return typeof value === 'object' && value !== null && '__rl' in value ? (value as { value?: unknown }).value : value;
}

/** Expressions often give digits as text. */
function number({ schema }: Field, value: unknown): unknown {
	const digits = typeof value === 'string' && value.trim() !== '' && plainType(schema) !== 'string';
	return digits && !Number.isNaN(Number(value)) ? Number(value) : value;
}

/** An empty field means "not given", except where an empty text is what the parameter has to be. */
function text({ schema, required }: Field, value: unknown): unknown {
	if (value === '' || value === null) return required ? '' : (schema.default ?? undefined);
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Arrays of a list or an expression; texts are split at commas. */
function list({ required }: Field, value: unknown): unknown {
	const rows = Array.isArray(value)
		? value
		: String(value ?? '')
				.split(',')
				.map((part) => part.trim())
				.filter(Boolean);
	return rows.length === 0 && !required ? undefined : rows.map(unwrap);
}

function json({ name, schema }: Field, value: unknown): unknown {
	if (typeof value !== 'string') return value ?? undefined;
	if (value.trim() === '') return undefined;
	try {
		return JSON.parse(value) as unknown;
	} catch {
		throw new DsmInputError(`"${schema.title ?? name}" is not JSON.`, {
			path: [name],
			hint: `Check the parameter "${schema.title ?? name}": texts and names need double quotes, and the last entry no comma.`,
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
