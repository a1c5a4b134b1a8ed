import type { AnyOperation, AnyPush, AnyTrigger, Service } from '../../catalog/operation';
import { idOf } from '../../catalog/operation';
import { fieldsOf, isList, type Field, type Kind } from '../../host/form';
import { actionType, pushType, secretName, triggerType } from '../form';
import { actionMigrations, currentVersion, pushMigrations, triggerMigrations } from '../migrations';

/** What the browser code has to know of a field; its texts are in the message catalogue. */
export interface FieldModel {
	name: string;
	kind: Kind;
	/** Several values: typed one by one, or of kind `json` as an array. */
	list?: true;
	required: boolean;
	initial: string;
	options?: string[];
	/** `search`: the NAS searches; `list`: one list, filtered by the browser. */
	picker?: 'list' | 'search';
	credential?: string;
}

/** What the browser code has to know of an operation or a trigger. */
export interface EntryModel {
	id: string;
	list?: true;
	file?: true;
	/** Goes with the token of a bot instead of an account. */
	token?: true;
	/** Can be woken by hints of the NAS. */
	wake?: true;
	fields: FieldModel[];
}

export interface NodeModel {
	version: number;
	/** Entries by group, then by name; triggers are in one group named `trigger`. */
	groups: Record<string, Record<string, EntryModel>>;
}

/** Form value of a new node, as text; empty when there is none. */
export function initialText({ kind, isList: several, ...field }: Field): string {
	const value = field.default;
	if (value === undefined || (Array.isArray(value) && value.length === 0)) return '';
	if (Array.isArray(value) && several && kind !== 'json') return value.join(kind === 'choice' ? ',' : ', ');
	return typeof value === 'string' ? value : JSON.stringify(value);
}

const toFieldModel = (field: Field): FieldModel => {
	const { name, kind, required, options, choices } = field;
	return {
		name,
		kind,
		...(field.isList && { list: true as const }),
		required,
		initial: initialText(field),
		...(kind === 'choice' && { options: options.map(({ value }) => value) }),
		...(choices && { picker: choices.search === undefined ? ('list' as const) : ('search' as const) }),
		...(kind === 'secret' && { credential: secretName(name) }),
	};
};

export type Declaration = AnyOperation | AnyTrigger | AnyPush;

/** Fields of an operation or a trigger. */
export const entryFields = (declaration: Declaration): readonly Field[] => fieldsOf(declaration.params);

const isOperation = ({ kind }: Declaration): boolean => kind === 'operation' || kind === 'procedure';

const operationModel = (operation: AnyOperation): Partial<EntryModel> => ({
	...(isList(operation) && { list: true as const }),
	...(operation.returns === 'file' && { file: true as const }),
	...(operation.token && { token: true as const }),
});

const toEntry = (declaration: Declaration): EntryModel => ({
	id: idOf(declaration),
	...(isOperation(declaration) && operationModel(declaration as AnyOperation)),
	...('wake' in declaration && declaration.wake !== undefined && { wake: true as const }),
	fields: entryFields(declaration).map(toFieldModel),
});

const mapValues = <V, R>(values: Record<string, V>, change: (value: V) => R): Record<string, R> =>
	Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));

/** A node as the generators see it: its type, its kind and its entries. */
export interface NodeSpec {
	type: string;
	kind: 'action' | 'trigger' | 'push';
	service: Service;
	groups: Record<string, Record<string, Declaration>>;
}

/** Whether some entries can be woken by hints of the NAS. */
export const canWake = ({ groups }: NodeSpec): boolean =>
	Object.values(groups).some((entries) => Object.values(entries).some((entry) => 'wake' in entry && entry.wake));

/** Nodes of a service: the action node, and the trigger nodes where there are triggers. */
export function nodesOf(service: Service): NodeSpec[] {
	const groups = mapValues(service.resources, ({ operations }) => operations);
	const action: NodeSpec = { type: actionType(service), kind: 'action', service, groups };
	const { triggers, pushes } = service;
	return [
		action,
		...(Object.keys(triggers).length > 0
			? [{ type: triggerType(service), kind: 'trigger' as const, service, groups: { trigger: triggers } }]
			: []),
		...(pushes ? [{ type: pushType(service), kind: 'push' as const, service, groups: { trigger: pushes } }] : []),
	];
}

const MIGRATIONS = { action: actionMigrations, trigger: triggerMigrations, push: pushMigrations };

/** Model of a node for the browser code. */
export const modelOf = ({ kind, groups }: NodeSpec): NodeModel => ({
	version: currentVersion(MIGRATIONS[kind]),
	groups: mapValues(groups, (entries) => mapValues(entries, toEntry)),
});
