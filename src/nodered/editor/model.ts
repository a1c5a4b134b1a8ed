import type { AnyOperation, AnyTrigger, Service } from '../../catalog/operation';
import { idOf } from '../../catalog/operation';
import type { z } from '../../vendor/zod';
import { actionType, fieldsOf, isList, secretName, triggerType, type Field, type Kind } from '../form';
import { actionMigrations, currentVersion, triggerMigrations } from '../migrations';

/** What the browser code has to know of a field; its texts are in the message catalogue. */
export interface FieldModel {
	name: string;
	kind: Kind;
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
	fields: FieldModel[];
}

export interface NodeModel {
	version: number;
	/** Entries by group, then by name; triggers are in one group named `trigger`. */
	groups: Record<string, Record<string, EntryModel>>;
}

const toFieldModel = ({ name, kind, required, initial, options, choices }: Field): FieldModel => ({
	name,
	kind,
	required,
	initial,
	...(kind === 'choice' && { options: options.map(({ value }) => value) }),
	...(choices && { picker: choices.search === undefined ? ('list' as const) : ('search' as const) }),
	...(kind === 'secret' && { credential: secretName(name) }),
});

/** Fields of an operation or a trigger. */
export const entryFields = (declaration: AnyOperation | AnyTrigger): Field[] =>
	fieldsOf(declaration.params as z.ZodType);

const toEntry = (declaration: AnyOperation | AnyTrigger): EntryModel => ({
	id: idOf(declaration),
	...(declaration.kind !== 'trigger' && isList(declaration) && { list: true as const }),
	...(declaration.kind !== 'trigger' && declaration.returns === 'file' && { file: true as const }),
	fields: entryFields(declaration).map(toFieldModel),
});

const mapValues = <V, R>(values: Record<string, V>, change: (value: V) => R): Record<string, R> =>
	Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));

/** A node as the generators see it: its type, its kind and its entries. */
export interface NodeSpec {
	type: string;
	kind: 'action' | 'trigger';
	service: Service;
	groups: Record<string, Record<string, AnyOperation | AnyTrigger>>;
}

/** Nodes of a service: the action node, and the trigger node where there are triggers. */
export function nodesOf(service: Service): NodeSpec[] {
	const groups = mapValues(service.resources, ({ operations }) => operations);
	const action: NodeSpec = { type: actionType(service), kind: 'action', service, groups };
	if (Object.keys(service.triggers).length === 0) return [action];
	return [action, { type: triggerType(service), kind: 'trigger', service, groups: { trigger: service.triggers } }];
}

/** Model of a node for the browser code. */
export const modelOf = ({ kind, groups }: NodeSpec): NodeModel => ({
	version: currentVersion(kind === 'action' ? actionMigrations : triggerMigrations),
	groups: mapValues(groups, (entries) => mapValues(entries, toEntry)),
});
