import type { AnyOperation, AnyPush, AnyTrigger, Service } from '../../catalog/operation';
import type { NodeKind } from '../../services';
import { fieldsOf, isList, isSearched, isUnverified, withoutApplication, type Field } from '../../host/form';
import { isCut } from '../../host/run';
import type { EntryData, EntryHead, FieldData, Grouped, NodeHead, NodeTitles } from '../browser/data';
import { actionMigrations, currentVersion, pushMigrations, triggerMigrations } from '../migrations';
import { typeOf } from '../types';
import type { Translate } from './locales';
import { searchWords } from './searchWords';

/** Form value of a new node, as text; empty when there is none. */
export function initialText({ kind, isList: several, ...field }: Field): string {
	const value = field.default;
	if (value === undefined || (Array.isArray(value) && value.length === 0)) return '';
	if (Array.isArray(value) && several && kind !== 'json') return value.join(kind === 'choice' ? ',' : ', ');
	return typeof value === 'string' ? value : JSON.stringify(value);
}

export type Declaration = AnyOperation | AnyTrigger | AnyPush;

/** Fields of an operation or a trigger. */
export const entryFields = (declaration: Declaration): readonly Field[] =>
	withoutApplication(fieldsOf(declaration.params));

/** Whether some of its parameters stand in an application of SSO Server. */
const applies = ({ params }: Declaration): boolean => fieldsOf(params).some(({ application }) => application);

const mapValues = <V, R>(values: Record<string, V>, change: (value: V, name: string) => R): Record<string, R> =>
	Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value, name)]));

/** A node as the generators see it: its type, its kind and its entries. */
export interface NodeSpec {
	type: string;
	kind: NodeKind;
	service: Service;
	groups: Record<string, Record<string, Declaration>>;
}

/** Whether some entries can be woken by hints of the NAS. */
export const canWake = ({ groups }: NodeSpec): boolean =>
	Object.values(groups).some((entries) => Object.values(entries).some((entry) => 'wake' in entry && entry.wake));

/** Nodes of a service: the action node, and the trigger nodes where there are triggers. */
export function nodesOf(service: Service): NodeSpec[] {
	const groups = mapValues(service.resources, ({ operations }) => operations);
	const action: NodeSpec = { type: typeOf(service, 'action'), kind: 'action', service, groups };
	const { triggers, pushes } = service;
	return [
		action,
		...(Object.keys(triggers).length > 0
			? [{ type: typeOf(service, 'trigger'), kind: 'trigger' as const, service, groups: { trigger: triggers } }]
			: []),
		...(pushes ? [{ type: typeOf(service, 'push'), kind: 'push' as const, service, groups: { trigger: pushes } }] : []),
	];
}

const MIGRATIONS = { action: actionMigrations, trigger: triggerMigrations, push: pushMigrations };

const isOperation = (declaration: Declaration): declaration is AnyOperation =>
	declaration.kind === 'operation' || declaration.kind === 'procedure';

const operationHead = (operation: AnyOperation): EntryHead => ({
	...(isList(operation) && { list: true }),
	...(isCut(operation) && { cut: true }),
	...(operation.returns === 'file' && { file: true }),
	...(entryFields(operation).some(({ kind }) => kind === 'file') && { takes: true }),
	...(operation.token && { token: true }),
	...(applies(operation) && { sso: true }),
});

/** A file comes with the message where nothing else is said, and a secret is a credential: both are never missing here. */
const isNeeded = ({ required, kind }: Field): boolean => required && kind !== 'secret' && kind !== 'file';

function entryHead(declaration: Declaration): EntryHead {
	const required = entryFields(declaration).filter(isNeeded);
	return {
		...(required.length > 0 && { required: required.map(({ name }) => name) }),
		...(isOperation(declaration) && operationHead(declaration)),
		...('wake' in declaration && declaration.wake !== undefined && { wake: true }),
	};
}

/** Secret parameters of a node, whichever entries have them: each is a credential of the node. */
export function secretsIn({ groups }: NodeSpec): Field[] {
	const all = Object.values(groups)
		.flatMap((entries) => Object.values(entries))
		.flatMap(entryFields)
		.filter(({ kind }) => kind === 'secret');
	return [...new Map(all.reverse().map((field) => [field.name, field])).values()].reverse();
}

/** Whether some entries go with the token of a bot. */
export const hasBots = ({ groups }: NodeSpec): boolean =>
	Object.values(groups).some((entries) => Object.values(entries).some((entry) => 'token' in entry && entry.token));

/** Whether some entries go with an application of SSO Server. */
export const hasApplications = ({ groups }: NodeSpec): boolean =>
	Object.values(groups).some((entries) => Object.values(entries).some(applies));

/** Version in which a node is saved. */
export const currentVersionOf = ({ kind }: NodeSpec): number => currentVersion(MIGRATIONS[kind]);

/** What the checks of saved nodes need: it is loaded whenever the editor opens, so it is small. */
export const headOf = (spec: NodeSpec, languages: readonly Translate[] = [(text) => text]): NodeHead => ({
	service: spec.service.id,
	kind: spec.kind,
	groups: mapValues(spec.groups, (entries) => mapValues(entries, entryHead)),
	words: paletteWords(spec, languages),
});

/** What people type to find a node in the palette: what it works with, in each language, and what it does to it. */
function paletteWords({ groups, service }: NodeSpec, languages: readonly Translate[]): string {
	const titles = Object.keys(groups).map((group) => service.resources[group]?.title ?? 'Event');
	const names = Object.values(groups).flatMap((entries) => Object.keys(entries));
	const words = [
		...languages.flatMap((translate) => titles.map(translate)),
		...names.flatMap((name) => name.split(/(?=[A-Z])/)),
	];
	return [...new Set(words.map((word) => word.toLowerCase()))].join(' ');
}

/** Titles of a node's operations and events: fetched when the first of its service is on the canvas. */
export const titlesOf = ({ groups, service }: NodeSpec, translate: Translate): NodeTitles => ({
	service: translate(service.title),
	groups: Object.fromEntries(
		Object.keys(groups).map((name) => [name, translate(service.resources[name]?.title ?? 'Event')]),
	),
	entries: mapValues(groups, (entries) => mapValues(entries, ({ title }) => translate(title))),
});

const fieldData = (field: Field, translate: Translate): FieldData => {
	const { name, kind, title, description, placeholder, options, choices } = field;
	const initial = initialText(field);
	return {
		name,
		kind,
		title: translate(title),
		...(description !== '' && { description: translate(description) }),
		...(placeholder !== undefined && { placeholder: translate(placeholder) }),
		...(field.isList && { list: true }),
		...(field.required && { required: true }),
		...(field.advanced && { advanced: true }),
		...(initial !== '' && { initial }),
		...(kind === 'choice' && { options: options.map(({ value, label }) => ({ value, label: translate(label) })) }),
		...(choices && { picker: isSearched(choices) ? 'search' : 'list' }),
	};
};

/** Forms of a node, with their texts: fetched when the first form of the service opens. */
export const formsOf = ({ groups }: NodeSpec, translate: Translate): Grouped<EntryData> =>
	mapValues(groups, (entries) =>
		mapValues(entries, (declaration, name) => ({
			summary: translate(declaration.summary),
			...(isUnverified(declaration) && { unverified: true as const }),
			search: searchWords(name, declaration, translate),
			fields: entryFields(declaration).map((field) => fieldData(field, translate)),
		})),
	);
