import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { AnyOperation, AnyPush, AnyTrigger, Resource, Service } from '../catalog/operation';
import { additionalTo } from '../host/additional';
import { fieldsOf, isUnverified, simpleFieldsOf, UNVERIFIED } from '../host/form';
import { isCut } from '../host/run';
import { askFields, askOption, askOptions } from './askProperties';
import { isOption, property } from './fields';
import { actionOf, operationLabel, sentence, summaryOf, titleCase } from './words';

/** Names that the forms of all operations use for themselves; no parameter may bear one. */
export const RESERVED: readonly string[] = [
	'resource',
	'operation',
	'event',
	'additionalEvents',
	'options',
	'returnAll',
	'limit',
	'simplify',
	'outputField',
	'pollTimes',
	'registration',
	'responseMode',
	'responseText',
	'unverified',
	'notWoken',
	'responseType',
	'approvalType',
	'waitOptions',
	'outputFields',
	'outputFileName',
];

type Show = Record<string, (string | boolean)[]>;

/** Everything that the panel of an action node shows: resource, operation, parameters. */
export function actionProperties(service: Service): INodeProperties[] {
	return [
		resourceProperty(service),
		...Object.entries(service.resources).flatMap(([name, resource]) => resourceForm(name, resource)),
	];
}

function resourceProperty({ resources }: Service): INodeProperties {
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: byName(Object.entries(resources).map(([value, { title }]) => ({ name: titleCase(title), value }))),
		default: Object.keys(resources)[0] ?? '',
	};
}

function resourceForm(resource: string, { operations, asks }: Resource): INodeProperties[] {
	const names = Object.keys(operations);
	const options = Object.entries(operations).map(([value, operation]) => ({
		name: operationLabel(value, operation),
		value,
		description: summaryOf(operation),
		action: actionOf(operation),
	}));
	if (asks) options.push(askOption as (typeof options)[number]);
	const choice: INodeProperties = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: byName(options),
		default: names[0] ?? '',
	};
	const forms = Object.entries(operations).flatMap(([name, operation]) =>
		operationForm(operation, { resource: [resource], operation: [name] }, asks?.by === name),
	);
	return [choice, ...unverified(operations, 'operation', { resource: [resource] }), ...forms];
}

/** Notice below the choice of what no evidence confirms. */
export function unverified(
	declarations: Record<string, Pick<AnyOperation | AnyTrigger | AnyPush, 'basis'>>,
	chosen: 'operation' | 'event' | 'additionalEvents',
	show: Show = {},
): INodeProperties[] {
	const names = Object.keys(declarations).filter((name) => isUnverified(declarations[name]!));
	return names.length === 0
		? []
		: [shown(notice('unverified', `Unverified: ${UNVERIFIED}`), { ...show, [chosen]: names })];
}

/** A text in the form, which asks for nothing. */
export const notice = (name: string, displayName: string): INodeProperties => ({
	displayName,
	name,
	type: 'notice',
	default: '',
});

export const byName = (options: INodePropertyOptions[]): INodePropertyOptions[] =>
	options.sort((a, b) => a.name.localeCompare(b.name));

/** The form of an operation; where it can ask, it is that of the question, too, which has fields of its own and another result. */
function operationForm(operation: AnyOperation, show: Show, canAsk: boolean): INodeProperties[] {
	const asked = String(askOption.value);
	const asking = { ...show, operation: [asked] };
	const both = canAsk ? { ...show, operation: [...show['operation']!, asked] } : show;
	return [
		...parameterForm(operation, both),
		...(canAsk ? askFields(asking) : []),
		...(isCut(operation) ? pagingForm(show) : []),
		...(operation.returns === 'file' ? [outputField(show)] : []),
		...(simpleFieldsOf(operation.result) ? [simplify(show)] : []),
		...optionsForm(operation, both, outputOptions(operation)),
		...(canAsk ? [askOptions(asking)] : []),
	];
}

type Form = Pick<AnyOperation | AnyTrigger | AnyPush, 'params'>;

export const parameterForm = ({ params }: Form, show: Show): INodeProperties[] =>
	fieldsOf(params)
		.filter((field) => !isOption(field))
		.map((field) => shown(property(field), show));

export function optionsForm({ params }: Form, show: Show, more: INodeProperties[] = []): INodeProperties[] {
	const options = [...fieldsOf(params).filter(isOption).map(property), ...more];
	if (options.length === 0) return [];
	return [
		shown(
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: options.sort((a, b) => a.displayName.localeCompare(b.displayName)),
			},
			show,
		),
	];
}

export const shown = (element: INodeProperties, show: Show): INodeProperties => ({
	...element,
	displayOptions: { show },
});

/** Options of what comes out, which operations of one kind have alike. */
const outputOptions = (operation: AnyOperation): INodeProperties[] => [
	...(isCut(operation)
		? [
				{
					displayName: 'Output Fields',
					name: 'outputFields',
					type: 'string' as const,
					default: '',
					placeholder: 'e.g. name, size',
					description: 'Only these fields of each item, in this order: names with commas between them',
				},
			]
		: []),
	...(operation.returns === 'file'
		? [
				{
					displayName: 'Output File Name',
					name: 'outputFileName',
					type: 'string' as const,
					default: '',
					placeholder: 'e.g. report.pdf',
					description: 'Name that the file gets in n8n; the one that it has on the NAS when empty',
				},
			]
		: []),
];

const pagingForm = (show: Show): INodeProperties[] => [
	shown(
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
		},
		show,
	),
	shown(
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			description: 'Max number of results to return',
		},
		{ ...show, returnAll: [false] },
	),
];

const outputField = (show: Show): INodeProperties =>
	shown(
		{
			displayName: 'Put Output File in Field',
			name: 'outputField',
			type: 'string',
			default: 'data',
			required: true,
			hint: 'The name of the output field to put the file in',
		},
		show,
	);

const simplify = (show: Show): INodeProperties =>
	shown(
		{
			displayName: 'Simplify',
			name: 'simplify',
			type: 'boolean',
			default: true,
			description: 'Whether to return a simplified version of the response instead of the raw data',
		},
		show,
	);

/** Said of events that Node-RED can be woken for. */
const NOT_WOKEN = 'This event is found at the poll times only: the NAS cannot wake a poll trigger of n8n';

const notWoken = (events: string[]): INodeProperties[] =>
	events.length === 0 ? [] : [shown(notice('notWoken', NOT_WOKEN), { event: events })];

/** Everything that the panel of a trigger node shows: event and parameters. n8n adds the poll times. */
export function triggerProperties({ triggers }: Service): INodeProperties[] {
	const options = Object.entries(triggers).map(([value, trigger]) => ({
		name: titleCase(trigger.title),
		value,
		description: sentence(trigger.summary),
	}));
	const event: INodeProperties = {
		displayName: 'Event',
		name: 'event',
		type: 'options',
		noDataExpression: true,
		options: byName(options),
		default: Object.keys(triggers)[0] ?? '',
	};
	const forms = Object.entries(triggers).flatMap(([name, trigger]) => {
		const show = { event: [name] };
		return [
			...parameterForm(trigger, show),
			...(simpleFieldsOf(trigger.event) ? [simplify(show)] : []),
			...optionsForm(trigger, show),
		];
	});
	const hinted = Object.keys(triggers).filter((name) => triggers[name]?.wake !== undefined);
	return [
		event,
		...additionalEvents(triggers),
		...unverified(triggers, 'event'),
		...unverified(triggers, 'additionalEvents'),
		...notWoken(hinted),
		...forms,
	];
}

const ADDITIONAL =
	'Other events that start the workflow, too. Each item says in the field "event" which one it is. They take the values below of parameters that they have as well, and defaults for all others.';

/** One choice for all events to which the same ones can be added: forms are sent to the browser as a whole. */
function additionalEvents(triggers: Service['triggers']): INodeProperties[] {
	const alike = new Map<string, string[]>();
	for (const name of Object.keys(triggers)) {
		const key = additionalTo(triggers, name).join(' ');
		alike.set(key, [...(alike.get(key) ?? []), name]);
	}
	return [...alike].flatMap(([key, event]) => {
		const options = key.split(' ').map((value) => ({ name: titleCase(triggers[value]!.title), value }));
		return options.length === 1
			? []
			: [
					shown(
						{
							displayName: 'Additional Events',
							name: 'additionalEvents',
							type: 'multiOptions',
							noDataExpression: true,
							options: byName(options),
							default: [],
							description: ADDITIONAL,
						},
						{ event },
					),
				];
	});
}
