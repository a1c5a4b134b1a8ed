import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { pickerName } from './pickers';
import type { Field, JsonSchema, Kind } from './schema';
import { sentence, titleCase, whether } from './words';

const EXPRESSION = '<a href="https://docs.n8n.io/code/expressions/">expression</a>';

const title = ({ name, schema }: Field): string => titleCase(schema.title ?? name);

/** The form element of one parameter, without the conditions under which it is shown. */
export function property(field: Field): INodeProperties {
	const { name, schema, required } = field;
	const element = elements[field.kind](field);
	const description = element.description ?? sentence(schema.description ?? '');
	return {
		displayName: element.displayName ?? title(field),
		name,
		...(element as Pick<INodeProperties, 'type' | 'default'>),
		...(required && { required: true }),
		...(schema.placeholder !== undefined && field.kind !== 'picker' && { placeholder: schema.placeholder }),
		...(description !== '' && description !== title(field) && { description }),
	};
}

/** Modes of a resource locator beside the list. */
const WAYS = [
	['id', 'By ID'],
	['path', 'By Path'],
	['url', 'By URL'],
] as const;

type Element = Partial<INodeProperties>;

const elements: Record<Kind, (field: Field) => Element> = {
	boolean: ({ schema }) => ({
		type: 'boolean',
		default: schema.default === true,
		description: whether(schema.description ?? ''),
	}),
	file: ({ schema, required }) => ({
		displayName: 'Input Data Field Name',
		type: 'string',
		default: required ? 'data' : '',
		placeholder: 'e.g. data',
		description: `${sentence(schema.description ?? 'The file').replace(/\.$/, '')}: name of the field of the input item that holds it`,
		hint: `The name of the input field containing the file${required ? '' : '; leave it empty to send none'}`,
	}),
	json: ({ schema }) => ({
		type: 'json',
		default: schema.default === undefined ? (takesArray(schema) ? '[]' : '{}') : JSON.stringify(schema.default),
	}),
	list: ({ schema }) => ({
		type: 'string',
		default: Array.isArray(schema.default) ? schema.default.join(',') : '',
		description: `${sentence(schema.description ?? '').replace(/\.$/, '')}: a comma-separated list, or an array from an expression`,
	}),
	moment: () => ({ type: 'dateTime', default: '' }),
	multiOptions: ({ schema }) => ({
		type: 'multiOptions',
		options: choices(schema.items ?? {}, schema.labels),
		default: Array.isArray(schema.default) ? (schema.default as string[]) : [],
	}),
	number,
	options: ({ schema }) => {
		const options = choices(schema, schema.labels);
		return { type: 'options', options, default: (schema.default ?? options[0]?.value ?? '') as string };
	},
	picker: ({ name, schema }) => ({
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select ${article(schema.title ?? name)}...`,
				typeOptions: { searchListMethod: pickerName(schema.choices!), searchable: true },
			},
			...WAYS.filter(([way]) => (schema.by ? schema.by[way] !== undefined : way === 'id')).map(
				([way, displayName]) => ({
					displayName,
					name: way,
					type: 'string' as const,
					placeholder: schema.by?.[way] ?? schema.placeholder ?? 'e.g. 42',
				}),
			),
		],
	}),
	pickers: (field) => ({
		displayName: `${title(field).replace(/s$/, '')} Names or IDs`,
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: pickerName(field.schema.choices!) },
		default: [],
		description: `${sentence(field.schema.description ?? '').replace(/\.?$/, '.')} Choose from the list, or specify IDs using an ${EXPRESSION}.`,
	}),
	string: ({ name, schema }) => ({
		// n8n has a form of its own for colours.
		type: /colou?r/i.test(name) ? 'color' : 'string',
		default: schema.default === undefined ? '' : String(schema.default),
		...(schema.widget === 'multiline' && { typeOptions: { rows: 4 } }),
		...(schema.widget === 'secret' && { typeOptions: { password: true } }),
	}),
};

/** Ids are entered as text: a number field would have to start with a wrong one. */
function number({ name, schema, required }: Field): Element {
	if (required && /(^|_)id$/.test(name)) return { type: 'string', default: '' };
	const minValue = schema.minimum ?? (schema.exclusiveMinimum === undefined ? undefined : schema.exclusiveMinimum + 1);
	const limits = {
		...(minValue !== undefined && minValue > Number.MIN_SAFE_INTEGER && { minValue }),
		...(schema.maximum !== undefined && schema.maximum < Number.MAX_SAFE_INTEGER && { maxValue: schema.maximum }),
	};
	return {
		type: 'number',
		...(Object.keys(limits).length > 0 && { typeOptions: limits }),
		default: typeof schema.default === 'number' ? schema.default : (minValue ?? 0),
	};
}

function choices(schema: JsonSchema, labels: Record<string, string> = {}): INodePropertyOptions[] {
	const options = (schema.enum ?? []).map((value) => ({
		name: titleCase(labels[String(value)] ?? String(value)),
		value: value as string,
	}));
	return options.sort((a, b) => a.name.localeCompare(b.name));
}

const article = (noun: string): string =>
	`${/^[aeiou]/i.test(noun) && !/^use/i.test(noun) ? 'an' : 'a'} ${noun === noun.toUpperCase() ? noun : noun.toLowerCase()}`;

const takesArray = ({ type, anyOf = [] }: JsonSchema): boolean => type === 'array' || anyOf.some(takesArray);
