import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Field, Kind } from '../host/form';
import { pickerName } from './pickers';
import { sentence, titleCase, whether } from './words';

const EXPRESSION = '<a href="https://docs.n8n.io/code/expressions/">expression</a>';

/** Kinds whose form has no way to say "nothing": an optional one without a default belongs into the collection. */
const ALWAYS_SAYS_SOMETHING: readonly Kind[] = ['flag', 'json', 'number', 'choice', 'picker'];

/** Whether a parameter stands under "Options" instead of in the form itself. */
export const isOption = ({ required, advanced, kind, isList, ...field }: Field): boolean =>
	!required &&
	(advanced || (field.default === undefined && ALWAYS_SAYS_SOMETHING.includes(kind) && (!isList || kind === 'json')));

const title = (field: Field): string => titleCase(field.title);

/** The form element of one parameter, without the conditions under which it is shown. */
export function property(field: Field): INodeProperties {
	const { name, required, placeholder } = field;
	const element = field.isList && field.kind !== 'json' ? listElement(field) : elements[field.kind](field);
	const description = element.description ?? sentence(field.description);
	return {
		displayName: element.displayName ?? title(field),
		name,
		...(element as Pick<INodeProperties, 'type' | 'default'>),
		...(required && { required: true }),
		...(placeholder !== undefined && (field.kind !== 'picker' || field.isList) && { placeholder }),
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

const text = (field: Field): Element => ({
	type: 'string',
	default: field.default === undefined ? '' : String(field.default),
	...(field.masked && { typeOptions: { password: true } }),
});

const elements: Record<Kind, (field: Field) => Element> = {
	flag: (field) => ({
		type: 'boolean',
		default: field.default === true,
		description: whether(field.description),
	}),
	file: ({ description, required }) => ({
		displayName: 'Input Data Field Name',
		type: 'string',
		default: required ? 'data' : '',
		placeholder: 'e.g. data',
		description: `${sentence(description || 'The file').replace(/\.$/, '')}: name of the field of the input item that holds it`,
		hint: `The name of the input field containing the file${required ? '' : '; leave it empty to send none'}`,
	}),
	json: ({ isList, ...field }) => ({
		type: 'json',
		default: field.default === undefined ? (isList ? '[]' : '{}') : JSON.stringify(field.default),
	}),
	moment: () => ({ type: 'dateTime', default: '' }),
	number,
	choice: (field) => {
		const options = choices(field);
		return { type: 'options', options, default: (field.default ?? options[0]?.value ?? '') as string };
	},
	picker: (field) => ({
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select ${article(field.title)}...`,
				typeOptions: { searchListMethod: pickerName(field.choices!), searchable: true },
			},
			...WAYS.filter(([way]) => (field.by ? field.by[way] !== undefined : way === 'id')).map(([way, displayName]) => ({
				displayName,
				name: way,
				type: 'string' as const,
				placeholder: field.by?.[way] ?? field.placeholder ?? 'e.g. 42',
			})),
		],
	}),
	text,
	multiline: (field) => ({ ...text(field), typeOptions: { rows: 4 } }),
	secret: (field) => ({ ...text(field), typeOptions: { password: true } }),
	color: (field) => ({ ...text(field), type: 'color' }),
};

function listElement(field: Field): Element {
	const entries = Array.isArray(field.default) ? (field.default as string[]) : [];
	const description = sentence(field.description);
	if (field.kind === 'picker') {
		return {
			displayName: `${title(field).replace(/s$/, '')} Names or IDs`,
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: pickerName(field.choices!) },
			default: [],
			description: `${description.replace(/\.?$/, '.')} Choose from the list, or specify IDs using an ${EXPRESSION}.`,
		};
	}
	if (field.kind === 'choice') return { type: 'multiOptions', options: choices(field), default: entries };
	return {
		type: 'string',
		default: entries.join(','),
		description: `${description.replace(/\.$/, '')}: a comma-separated list, or an array from an expression`,
	};
}

/** A number that must be given is entered as text: a number field would have to start with a wrong one. */
function number({ required, range, ...field }: Field): Element {
	if (required && field.default === undefined) return { type: 'string', default: '' };
	const { min, max } = range;
	const limits = { ...(min !== undefined && { minValue: min }), ...(max !== undefined && { maxValue: max }) };
	return {
		type: 'number',
		...(Object.keys(limits).length > 0 && { typeOptions: limits }),
		default: typeof field.default === 'number' ? field.default : (min ?? 0),
	};
}

/** In the order of their declaration, which makes sense to people: weekdays, sizes, the safe choice first. */
const choices = ({ options }: Field): INodePropertyOptions[] =>
	options.map(({ value, label }) => ({ name: titleCase(label), value }));

const article = (noun: string): string =>
	`${/^[aeiou]/i.test(noun) && !/^use/i.test(noun) ? 'an' : 'a'} ${noun === noun.toUpperCase() ? noun : noun.toLowerCase()}`;
