import type { Choices, Widget } from '../catalog/fields';
import type { AnyOperation, AnyPush, AnyTrigger, Service } from '../catalog/operation';
import { z } from '../vendor/zod';

/** How the editor draws a parameter and how the runtime reads what was typed. */
export type Kind =
	'text' | 'multiline' | 'number' | 'boolean' | 'choice' | 'json' | 'picker' | 'pickers' | 'moment' | 'file' | 'secret';

export interface Field {
	name: string;
	kind: Kind;
	title: string;
	description: string;
	placeholder: string;
	required: boolean;
	advanced: boolean;
	/** Form value of a new node, as text; empty when there is none. */
	initial: string;
	/** Values of a choice with their labels. */
	options: { value: string; label: string }[];
	choices?: Choices;
}

interface Schema {
	type?: string;
	title?: string;
	description?: string;
	placeholder?: string;
	widget?: Widget;
	choices?: Choices;
	advanced?: boolean;
	labels?: Record<string, string>;
	default?: unknown;
	enum?: unknown[];
	properties?: Record<string, Schema>;
	required?: string[];
}

const WIDGETS: Partial<Record<Widget, Kind>> = {
	multiline: 'multiline',
	secret: 'secret',
	moment: 'moment',
	file: 'file',
	json: 'json',
};

const TYPES: Record<string, Kind> = { string: 'text', integer: 'number', number: 'number', boolean: 'boolean' };

function kindOf({ widget, type, enum: values }: Schema): Kind {
	if (widget === 'picker') return type === 'array' ? 'pickers' : 'picker';
	const drawn = widget && WIDGETS[widget];
	if (drawn) return drawn;
	if (values) return 'choice';
	return TYPES[type ?? ''] ?? (widget === 'path' ? 'text' : 'json');
}

const sentence = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ');

function initialText(value: unknown, kind: Kind): string {
	if (value === undefined || (Array.isArray(value) && value.length === 0)) return '';
	if (kind === 'pickers' && Array.isArray(value)) return value.join(', ');
	return typeof value === 'string' ? value : JSON.stringify(value);
}

function toField(name: string, schema: Schema, required: boolean): Field {
	const kind = kindOf(schema);
	return {
		name,
		kind,
		title: schema.title ?? sentence(name),
		description: schema.description ?? '',
		placeholder: schema.placeholder ?? '',
		required,
		advanced: schema.advanced === true,
		initial: initialText(schema.default, kind),
		options: (schema.enum ?? []).map((value) => ({
			value: String(value),
			label: schema.labels?.[String(value)] ?? sentence(String(value)),
		})),
		...(schema.choices && { choices: schema.choices }),
	};
}

/** Form fields of a parameter schema, in declared order. Reads the JSON schema only, never zod's internals. */
export function fieldsOf(params: z.ZodType): Field[] {
	const schema = z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' }) as Schema;
	const required = new Set(schema.required ?? []);
	return Object.entries(schema.properties ?? {}).map(([name, field]) => toField(name, field, required.has(name)));
}

/** Whether an operation gives rows, which the node can send one by one. */
export const isList = (operation: AnyOperation): boolean =>
	operation.returns !== 'file' &&
	(z.toJSONSchema(operation.result, { io: 'input', unrepresentable: 'any' }) as Schema).type === 'array';

/** Node type of a service's action node: `synology-chat`. */
export const actionType = (service: Service): string => `synology-${service.id}`;

/** Node type of a service's trigger node: `synology-chat-trigger`. */
export const triggerType = (service: Service): string => `${actionType(service)}-trigger`;

/** Node type of a service's push trigger node: `synology-chat-bot-trigger`. */
export const pushType = (service: Service): string => `${actionType(service)}-bot-trigger`;

/** Parameters of a service that hold secrets: kept as credentials of the node, out of the flow file. */
export function secretsOf(service: Service): string[] {
	const declarations: (AnyOperation | AnyTrigger)[] = [
		...Object.values(service.resources).flatMap(({ operations }) => Object.values(operations)),
		...Object.values(service.triggers),
	];
	const fields = declarations.flatMap(({ params }) => fieldsOf(params as z.ZodType));
	return [...new Set(fields.filter(({ kind }) => kind === 'secret').map(({ name }) => name))];
}

/** Name of the credential that holds a secret parameter. */
export const secretName = (field: string): string => `param_${field}`;

/** Title in both editors: says when no evidence confirms an operation (design: honesty about what is known). */
export const titleOf = ({ title, basis }: AnyOperation | AnyTrigger | AnyPush): string =>
	basis === 'inferred' ? `${title} (unverified)` : title;
