import { APPLICATION_TYPE } from '../application';
import { CONNECTION_TYPE } from '../connection';
import { CONNECTION_EVENTS_TYPE } from '../connectionEvents';
import { connectionEventMigrations, currentVersion } from '../migrations';
import { secretName } from '../form';
import type { ConnectionData } from '../browser/data';
import { scriptLiteral } from './markup';
import { canWake, currentVersionOf, hasApplications, hasBots, secretsIn, type NodeSpec } from './model';

/** One property of a node type. `checked`: the browser code judges its value. */
interface Property {
	value: string | boolean | number | object;
	/** Type of the configuration node that it points to. */
	type?: string;
	required?: boolean;
	checked?: boolean;
}

/** What the editor, the flow library and package checks know of a node type. */
interface Definition {
	category: 'synology' | 'config';
	color: string;
	inputs?: 0 | 1;
	outputs?: 1;
	icon?: string;
	defaults: Record<string, Property>;
	credentials: Record<string, { type: 'text' | 'password'; required?: boolean }>;
}

/** Triggers are told from actions at a glance; both colours carry black and white text (the editor's own palette holds both). */
const COLORS = { action: '#9CC6D9', trigger: '#E9C78F', push: '#E9C78F' } as const;

const text = (value = '', more: Partial<Property> = {}): Property => ({ value, ...more });
const account = (more: Partial<Property> = {}): Property => text('', { type: CONNECTION_TYPE, ...more });
const sso: Property = text('', { type: APPLICATION_TYPE, checked: true });
const bot: Property = text('', { type: 'synology-chat-bot', checked: true });

/** The first entry of a node is what a new node does. */
function firstOf({ groups }: NodeSpec): { group: string; entry: string } {
	const [group, entries] = Object.entries(groups)[0] ?? ['', {}];
	return { group, entry: Object.keys(entries)[0] ?? '' };
}

const params: Property = { value: {}, checked: true };

const events = (spec: NodeSpec): Record<string, Property> => ({
	trigger: text(firstOf(spec).entry, { required: true, checked: true }),
	params,
});

const properties: Record<NodeSpec['kind'], (spec: NodeSpec) => Record<string, Property>> = {
	action: (spec) => ({
		nas: hasBots(spec) ? account({ checked: true }) : account({ required: true }),
		...(hasBots(spec) && { bot }),
		...(hasApplications(spec) && { sso }),
		resource: text(firstOf(spec).group, { required: true }),
		operation: text(firstOf(spec).entry, { required: true, checked: true }),
		params,
		override: text('no'),
		list: text('array'),
		limit: text('', { checked: true }),
		file: text('buffer'),
		maxSize: text('100', { checked: true }),
		output: text('payload', { checked: true }),
		outputType: text('msg'),
		parallel: text('1', { checked: true }),
	}),
	trigger: (spec) => ({
		nas: account({ required: true }),
		...events(spec),
		additional: text('', { checked: true }),
		interval: text('10', { required: true, checked: true }),
		...(canWake(spec) && { wake: { value: false } }),
		store: text(),
		resume: { value: true },
	}),
	push: (spec) => ({
		...events(spec),
		registration: text('automatic'),
		nas: account({ checked: true }),
		bot,
		address: text('', { checked: true }),
		path: text('/chat/bot', { checked: true }),
		answer: text('now'),
		reply: text(),
	}),
};

const definitionOf = (spec: NodeSpec): Definition => ({
	category: 'synology',
	color: COLORS[spec.kind],
	inputs: spec.kind === 'action' ? 1 : 0,
	outputs: 1,
	icon: `${spec.service.id}.svg`,
	defaults: { name: text(), version: { value: currentVersionOf(spec) }, ...properties[spec.kind](spec) },
	credentials: Object.fromEntries(secretsIn(spec).map(({ name }) => [secretName(name), { type: 'password' as const }])),
});

const connectionEventsDefinition: Definition = {
	category: 'synology',
	color: COLORS.trigger,
	inputs: 0,
	outputs: 1,
	icon: 'nas.svg',
	defaults: {
		name: text(),
		version: { value: currentVersion(connectionEventMigrations) },
		nas: account({ required: true }),
		interval: text('60', { required: true, checked: true }),
	},
	credentials: {},
};

const connectionDefinitionOf = ({ fields, credentials }: ConnectionData): Definition => ({
	category: 'config',
	color: COLORS.action,
	defaults: {
		name: text(),
		...Object.fromEntries(
			fields
				.filter(({ name }) => !credentials[name])
				.map(({ name, initial, required }) => [name, text(initial, { required, checked: true })]),
		),
	},
	credentials: Object.fromEntries(
		fields.flatMap(({ name, required }) => {
			const kind = credentials[name];
			return kind ? [[name, { ...kind, required }]] : [];
		}),
	),
});

/** Functions of a node type: each hands its node to the browser code. */
const METHODS = {
	palette: ['paletteLabel'],
	config: ['label', 'oneditprepare'],
	action: ['label', 'labelStyle', 'inputLabels', 'outputLabels', 'oneditprepare', 'oneditsave', 'oneditcancel'],
} as const;

const method = (name: string): string => `${name}:function(){return synoflow.${name}(this)}`;

/** Validators take two arguments: from those with one the editor makes a mere yes or no of the message that they return. */
const check = (name: string): string => `validate:function(v,o){return synoflow.check(this,"${name}",v)}`;

function property(name: string, { checked, ...literal }: Property): string {
	const text = scriptLiteral(literal);
	return `${name}:${checked ? `${text.slice(0, -1)},${check(name)}}` : text}`;
}

/**
 * The call that makes a node type known. Its second argument is a literal of literals, so that the flow library and package checks
 * read name, category, colour, icon and properties without running it; what is no value is a function that calls the browser code.
 */
function registration(type: string, { defaults, ...rest }: Definition, methods: readonly string[]): string {
	const parts = [
		...Object.entries(rest).map(([name, value]) => `${name}:${scriptLiteral(value)}`),
		`defaults:{\n${Object.entries(defaults)
			.map(([name, one]) => property(name, one))
			.join(',\n')}}`,
		...methods.map(method),
	];
	return `RED.nodes.registerType('${type}',{\n${parts.join(',\n')}});`;
}

/** Registers the node that tells what happens to a connection. */
export const connectionEventsRegistration = (): string =>
	registration(
		CONNECTION_EVENTS_TYPE,
		connectionEventsDefinition,
		[...METHODS.palette, ...METHODS.action].filter((name) => name !== 'inputLabels'),
	);

/** Registers a node of a service. */
export const nodeRegistration = (spec: NodeSpec): string =>
	registration(
		spec.type,
		definitionOf(spec),
		[...METHODS.palette, ...METHODS.action].filter((name) => name !== 'inputLabels' || spec.kind === 'action'),
	);

/** Registers a configuration node. */
export const connectionRegistration = (data: ConnectionData): string =>
	registration(data.type, connectionDefinitionOf(data), [...METHODS.palette, ...METHODS.config]);
