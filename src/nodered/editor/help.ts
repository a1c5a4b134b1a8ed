import type { AnyOperation, Service } from '../../catalog/operation';
import { APPLICATION_TYPE } from '../application';
import { CONNECTION_TYPE } from '../connection';
import { CONNECTION_EVENTS_TYPE } from '../connectionEvents';
import { BOT_TYPE } from '../bot';
import { isList, isUnverified } from '../../host/form';
import { leastRight } from '../../host/right';
import type { Translate } from './locales';
import { escapeHtml, indent } from './markup';
import type { ConnectionKind } from './connection-html';
import { canWake, entryFields, nodesOf, type Declaration, type NodeSpec } from './model';
import {
	ACTION_DETAILS,
	ACTION_INPUTS,
	ACTION_OUTPUTS,
	CONNECTION_DETAILS,
	CONNECTION_EVENTS_DETAILS,
	CONNECTION_EVENTS_OUTPUTS,
	CONNECTION_EVENTS_PURPOSE,
	CONNECTION_PURPOSE,
	APPLICATION_DETAILS,
	APPLICATION_PURPOSE,
	BOT_DETAILS,
	BOT_PURPOSE,
	FILE_INPUTS,
} from './help-text';
import {
	PUSH_DETAILS,
	PUSH_OUTPUTS,
	PUSH_PURPOSE,
	TRIGGER_DETAILS,
	TRIGGER_OUTPUTS,
	TRIGGER_PURPOSE,
	WAKE_DETAILS,
	type Property,
} from './help-text';

/** What the editor loads as help of a node type. */
const script = (type: string, parts: string[]): string =>
	`<script type="text/html" data-help-name="${type}">\n${indent(parts.join('\n'))}\n</script>\n`;

function properties(list: Property[], translate: Translate): string {
	const items = list.map(
		({ name, type, optional, text }) =>
			`<dt${optional ? ' class="optional"' : ''}>${escapeHtml(name)} <span class="property-type">${escapeHtml(translate(type))}</span></dt>\n<dd>${escapeHtml(translate(text))}</dd>`,
	);
	return `<dl class="message-properties">\n${indent(items.join('\n'))}\n</dl>`;
}

const paragraphs = (texts: string[], translate: Translate): string[] =>
	texts.map((text) => `<p>${escapeHtml(translate(text))}</p>`);

const heading = (text: string, translate: Translate): string => `<h3>${escapeHtml(translate(text))}</h3>`;

function parameters(declaration: Declaration, translate: Translate): string {
	const fields = entryFields(declaration);
	if (fields.length === 0) return '';
	const items = fields.map(
		({ name, description, title, required }) =>
			`<li><code>${escapeHtml(name)}</code>${required ? ' *' : ''}: ${escapeHtml(translate(description || title))}</li>`,
	);
	return `<ul>\n${indent(items.join('\n'))}\n</ul>`;
}

/** One operation or event, folded: the browser code unfolds the one that the user works with. */
function entry(key: string, declaration: Declaration, service: Service, translate: Translate): string {
	const mark = isUnverified(declaration) ? ` ${translate('(unverified)')}` : '';
	const title = `<summary>${escapeHtml(translate(declaration.title) + mark)}</summary>`;
	const right = leastRight(declaration, service, translate);
	const body = [...paragraphs([declaration.summary], translate), parameters(declaration, translate)];
	if (right !== undefined) body.push(`<p>${escapeHtml(right)}</p>`);
	return `<details data-entry="${key}">\n${indent([title, ...body].filter(Boolean).join('\n'))}\n</details>`;
}

function entries({ type, groups, service, kind }: NodeSpec, translate: Translate): string[] {
	return Object.entries(groups).flatMap(([group, declarations]) => [
		...(kind === 'action' ? [`<h4>${escapeHtml(translate(service.resources[group]!.title))}</h4>`] : []),
		...Object.entries(declarations).map(([name, one]) => entry(`${type}.${group}.${name}`, one, service, translate)),
	]);
}

const operations = ({ groups }: NodeSpec): AnyOperation[] =>
	Object.values(groups)
		.flatMap((group) => Object.values(group))
		.filter((item): item is AnyOperation => item.kind === 'operation' || item.kind === 'procedure');

const takesFile = (spec: NodeSpec): boolean =>
	operations(spec).some((operation) => entryFields(operation).some(({ kind }) => kind === 'file'));

function actionPage(spec: NodeSpec, translate: Translate): string[] {
	const outputs = ACTION_OUTPUTS.filter(
		({ when }) =>
			(when !== 'file' || operations(spec).some(({ returns }) => returns === 'file')) &&
			(when !== 'list' || operations(spec).some(isList)),
	);
	return [
		heading('Inputs', translate),
		properties([...ACTION_INPUTS, ...(takesFile(spec) ? FILE_INPUTS : [])], translate),
		heading('Outputs', translate),
		properties(outputs, translate),
		heading('Details', translate),
		...paragraphs(ACTION_DETAILS, translate),
		heading('Operations', translate),
		...entries(spec, translate),
	];
}

/** What can be woken, and how. */
function wakeDetails(spec: NodeSpec): string[] {
	return canWake(spec) ? [WAKE_DETAILS] : [];
}

/** What leaves a trigger: files only where an event may have one. */
function triggerOutputs({ kind, groups }: NodeSpec): Property[] {
	if (kind === 'push') return PUSH_OUTPUTS;
	const givesFiles = Object.values(groups['trigger'] ?? {}).some((one) => 'file' in one);
	return TRIGGER_OUTPUTS.filter(({ when }) => when !== 'file' || givesFiles);
}

function triggerPage(spec: NodeSpec, translate: Translate): string[] {
	return [
		heading('Outputs', translate),
		properties(triggerOutputs(spec), translate),
		heading('Details', translate),
		...paragraphs(spec.kind === 'push' ? PUSH_DETAILS : TRIGGER_DETAILS, translate),
		...paragraphs(wakeDetails(spec), translate),
		heading('Events', translate),
		...entries(spec, translate),
	];
}

/** What a node is for: the first paragraph of its help, which the palette shows as well. */
function purpose({ kind, service }: NodeSpec, translate: Translate): string {
	if (kind === 'action') return translate(service.summary);
	return translate(kind === 'push' ? PUSH_PURPOSE : TRIGGER_PURPOSE).replace('__service__', translate(service.title));
}

const first = (spec: NodeSpec, translate: Translate): string => `<p>${escapeHtml(purpose(spec, translate))}</p>`;

/** Help of a service's nodes as the editor loads it: the purpose of each. The browser code fetches the rest when it is shown. */
export const serviceHelp = (service: Service, translate: Translate): string =>
	nodesOf(service)
		.map((spec) => script(spec.type, [first(spec, translate), `<div data-help="${spec.type}"></div>`]))
		.join('\n');

/** The whole help of a node in Node-RED's form: purpose, inputs, outputs, details. */
export const nodeHelp = (spec: NodeSpec, translate: Translate): string =>
	[first(spec, translate), ...(spec.kind === 'action' ? actionPage : triggerPage)(spec, translate), ''].join('\n');

/** What is no connection to an account. */
const CONNECTION_HELP: Record<string, [purpose: string, details: string[]]> = {
	[BOT_TYPE]: [BOT_PURPOSE, BOT_DETAILS],
	[APPLICATION_TYPE]: [APPLICATION_PURPOSE, APPLICATION_DETAILS],
};

/** Help page of the connection node. */
export const connectionHelp = ({ type }: ConnectionKind, translate: Translate): string => {
	const [purpose, details] = CONNECTION_HELP[type] ?? [CONNECTION_PURPOSE, CONNECTION_DETAILS];
	const own = script(type, [
		...paragraphs([purpose], translate),
		heading('Details', translate),
		...paragraphs(details, translate),
	]);
	return type === CONNECTION_TYPE ? own + connectionEventsHelp(translate) : own;
};

const connectionEventsHelp = (translate: Translate): string =>
	script(CONNECTION_EVENTS_TYPE, [
		...paragraphs([CONNECTION_EVENTS_PURPOSE], translate),
		heading('Outputs', translate),
		properties(CONNECTION_EVENTS_OUTPUTS, translate),
		heading('Details', translate),
		...paragraphs(CONNECTION_EVENTS_DETAILS, translate),
	]);
