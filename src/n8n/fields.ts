import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { By } from '../catalog/fields';
import type { Field, Kind } from '../host/form';
import { pickerName } from './pickers';
import { sentence, titleCase, whether } from './words';

const EXPRESSION = '<a href="https://docs.n8n.io/code/expressions/">expression</a>';

/** Kinds whose form has no way to say "nothing": an optional one without a default belongs into the collection. */
const ALWAYS_SAYS_SOMETHING: readonly Kind[] = ['flag', 'json', 'number', 'choice', 'picker'];

/** Whether a parameter stands under "Options" instead of in the form itself. */
export const isOption = ({ required, advanced, kind, isList, ...field }: Field): boolean =>
	!required &&
	(advanced ||
		(field.default === undefined &&
			ALWAYS_SAYS_SOMETHING.includes(kind) &&
			(!isList || (kind === 'json' && !field.rows))));

/** Whether several values are entered as rows with a button that adds one: what no list has whole, and objects of plain values. */
export const isRows = ({ isList, kind, rows: fields, by }: Field): boolean =>
	fields !== undefined ||
	(isList && (kind === 'text' || kind === 'number' || (kind === 'picker' && (by?.path ?? by?.email) !== undefined)));

/** What stands in one row. */
export const rowFields = (field: Field): readonly Field[] =>
	field.rows ?? [
		{
			...field,
			name: 'value',
			title: one(field),
			description: '',
			isList: false,
			required: true,
			advanced: false,
			default: undefined,
		},
	];

/** "Email Addresses" -> "Email Address", "More Files" -> "File" */
const one = ({ title: several }: Field): string =>
	several
		.replace(/^More /, '')
		.replace(/(ss|x)es$/, '$1')
		.replace(/ies$/, 'y')
		.replace(/([^s])s$/, '$1');

const title = (field: Field): string => titleCase(field.title);

/** The form element of one parameter, without the conditions under which it is shown. */
export function property(field: Field): INodeProperties {
	const { name, required, placeholder } = field;
	const element = isRows(field)
		? rows(field)
		: field.isList && field.kind !== 'json'
			? listElement(field)
			: elements[field.kind](field);
	const description = element.description ?? sentence(field.description);
	return {
		displayName: element.displayName ?? title(field),
		name,
		...(element as Pick<INodeProperties, 'type' | 'default'>),
		...(required && { required: true }),
		...(placeholder !== undefined && takesText(field) && { placeholder }),
		...(description !== '' && description !== title(field) && { description }),
	};
}

/** Rows say what their button adds, a list to choose from what is chosen; other elements show an example. */
const takesText = (field: Field): boolean => !isRows(field) && (field.kind !== 'picker' || field.isList);

/** Modes of a resource locator beside the list. */
const WAYS = [
	['name', 'By Name'],
	['id', 'By ID'],
	['path', 'By Path'],
	['email', 'By Email'],
	['url', 'By URL'],
] as const;

type Element = Partial<INodeProperties>;

/** Ways to name what is picked, with examples; without any an ID. */
const waysOf = ({ by, placeholder }: Field): By => by ?? { id: placeholder ?? 'e.g. 42' };

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
		...(field.choices!.inside && { hint: 'Type a path such as /docs/ in the list to look into a folder' }),
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select ${article(picked(field.title))}...`,
				typeOptions: { searchListMethod: pickerName(field.choices!), searchable: true },
			},
			...WAYS.flatMap(([name, displayName]) => {
				const placeholder = waysOf(field)[name];
				return placeholder === undefined ? [] : [{ displayName, name, type: 'string' as const, placeholder }];
			}),
		],
	}),
	text,
	multiline: (field) => ({ ...text(field), typeOptions: { rows: 4 } }),
	secret: (field) => ({ ...text(field), typeOptions: { password: true } }),
	color: (field) => ({ ...text(field), type: 'color' }),
};

/** Rows: what n8n keeps is `{ rows: [{ … }] }`. The first field of a row may give several entries by an expression. */
function rows(field: Field): Element {
	const [first, ...others] = rowFields(field);
	// An empty row says nothing: none of its fields has to be filled in.
	const values = [first!, ...others].map((each) => property({ ...each, required: false }));
	const entries = Array.isArray(field.default) ? (field.default as unknown[]) : [];
	const initial = entries.map((value) => (typeof value === 'object' ? value : { [first!.name]: value }));
	return {
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: `Add ${titleCase(one(field))}`,
		default: initial.length > 0 ? { rows: initial } : {},
		options: [{ displayName: titleCase(one(field)), name: 'rows', values }],
		description: `${sentence(field.description).replace(/\.?$/, '.')} An ${EXPRESSION} in the first field may give an array.`,
	} as Element;
}

function listElement(field: Field): Element {
	const entries = Array.isArray(field.default) ? (field.default as string[]) : [];
	const description = sentence(field.description);
	if (field.kind === 'picker') {
		return {
			displayName: `${title(field).replace(/s$/, '')} Names or IDs`,
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: pickerName(field.choices!) },
			default: [],
			description: `${description.replace(/\.?$/, '.')}${field.choices!.names ? ' Names are taken as well as IDs.' : ''} Choose from the list, or specify IDs using an ${EXPRESSION}.`,
		};
	}
	return { type: 'multiOptions', options: choices(field), default: entries };
}

/** A number that must be given is entered as text: a number field would have to start with a wrong one. */
function number({ required, range, ...field }: Field): Element {
	const { min, max } = range;
	if (required && field.default === undefined)
		return { type: 'string', default: '', placeholder: `e.g. ${Math.min(Math.max(min ?? 0, 10), max ?? 10)}` };
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

/** What one looks for in the list: "To Folder" and "In Folder" are a folder, "File to Update" is a file, "Message ID" a message. */
const picked = (text: string): string => text.replace(/^(?:To|In) (?=[A-Z])|(?: to [A-Z].*| ID)$/g, '');

const article = (noun: string): string =>
	`${/^[aeiou]/i.test(noun) && !/^use/i.test(noun) ? 'an' : 'a'} ${noun === noun.toUpperCase() ? noun : noun.toLowerCase()}`;
