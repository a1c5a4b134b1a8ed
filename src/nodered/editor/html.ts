import type { Service } from '../../catalog/operation';
import type { Field } from '../form';
import { secretName } from '../form';
import { attributes, indent, label, scriptJson } from './markup';
import { canWake, entryFields, modelOf, nodesOf, type Declaration, type NodeSpec } from './model';

/** Name under which the package's browser files are served. */
export const RESOURCES = 'resources/@synoflow/n8n-nodes-synology';
/** The browser code, shared by all nodes; each file only adds to one object, so that their order does not matter. */
export const SCRIPTS = ['fields.js', 'pickers.js', 'action.js', 'trigger.js', 'push.js', 'connection.js'];
export const STYLE = 'synoflow.css';

/** Elements that load the shared code: paths without a leading slash, so that a sub-path of the editor is kept. */
export const sharedCode = (): string =>
	[
		`<link rel="stylesheet" href="${RESOURCES}/${STYLE}">`,
		...SCRIPTS.map((file) => `<script src="${RESOURCES}/${file}"></script>`),
	].join('\n');

/** Key of a text of an entry: `synology-chat.entries.message.send.fields.channel_id.title`. */
const entryKey = (type: string, group: string, name: string): string => `${type}.entries.${group}.${name}`;

/** The editor's typed input reads its width from the style attribute only. */
const VALUE_WIDTH = 'width: calc(100% - 150px)';

function control(field: Field, id: string, key: string): string {
	const described = { 'aria-describedby': field.description ? `${id}-help` : undefined };
	const placeholder = field.placeholder ? `[placeholder]${key}.placeholder` : undefined;
	if (field.kind === 'secret') {
		return `<input${attributes({ type: 'password', id, class: 'synoflow-secret', ...described })}>`;
	}
	const input = `<input${attributes({ type: 'text', id, class: 'synoflow-value', style: VALUE_WIDTH, 'data-i18n': placeholder, ...described })}>`;
	if (field.kind !== 'multiline') return input;
	return `${input}\n<textarea${attributes({ id: `${id}-text`, class: 'synoflow-text', rows: '4', 'data-i18n': `[aria-label]${key}.title`, ...described })}></textarea>`;
}

function row(field: Field, valueId: string, key: string): string {
	const id = field.kind === 'secret' ? `node-input-${secretName(field.name)}` : valueId;
	const mark = field.required ? ` <span class="synoflow-required" aria-hidden="true">*</span>` : '';
	const help = field.description
		? `<div class="synoflow-help" id="${id}-help" data-i18n="${key}.description"></div>`
		: '';
	return [
		`<div class="form-row synoflow-row" data-field="${field.name}">`,
		indent(`<label for="${id}">${label(`${key}.title`)}${mark}</label>`),
		indent(control(field, id, key)),
		...(field.choices ? [indent('<div class="synoflow-picked" aria-live="polite"></div>')] : []),
		...(help ? [indent(help)] : []),
		'</div>',
	].join('\n');
}

function options(rows: string[]): string {
	if (rows.length === 0) return '';
	const summary = `<summary data-i18n="ui.options"></summary>`;
	return `<details class="synoflow-options">\n${indent([summary, ...rows].join('\n'))}\n</details>`;
}

function entryBlock(type: string, group: string, name: string, declaration: Declaration): string {
	const key = entryKey(type, group, name);
	const rows = (advanced: boolean) =>
		entryFields(declaration)
			.filter((field) => field.kind !== 'secret' && field.advanced === advanced)
			.map((field) => row(field, `synoflow-${group}-${name}-${field.name}`, `${key}.fields.${field.name}`));
	const body = [`<p class="synoflow-summary" data-i18n="${key}.summary"></p>`, ...rows(false), options(rows(true))];
	return `<div class="synoflow-entry" data-entry="${group}.${name}">\n${indent(body.filter(Boolean).join('\n'))}\n</div>`;
}

/**
 * One row for each secret parameter, whichever entries have it: it is a credential of the node, and the editor fills it in by
 * its id. The shared code shows it with the entries that take it.
 */
function secretRows({ type, groups }: NodeSpec): string[] {
	const rows = new Map<string, string>();
	for (const [group, entries] of Object.entries(groups)) {
		for (const [name, declaration] of Object.entries(entries)) {
			for (const field of entryFields(declaration).filter(({ kind }) => kind === 'secret')) {
				if (!rows.has(field.name))
					rows.set(field.name, row(field, '', `${entryKey(type, group, name)}.fields.${field.name}`));
			}
		}
	}
	return [...rows.values()];
}

const inputRow = (name: string, input: string): string =>
	`<div class="form-row synoflow-row synoflow-${name}">\n${indent(`<label for="node-input-${name}">${label(`ui.${name}`)}</label>\n${input}`)}\n</div>`;

const textRow = (name: string, more: Record<string, string> = {}): string =>
	inputRow(name, `<input${attributes({ type: 'text', id: `node-input-${name}`, ...more })}>`);

const selectRow = (name: string, values: string[] = []): string => {
	const choices = values.map((value) => `<option value="${value}" data-i18n="ui.${name}_${value}"></option>`);
	return inputRow(name, `<select id="node-input-${name}">${choices.join('')}</select>`);
};

/** Whether some entries go with the token of a bot. */
const hasBots = ({ groups }: NodeSpec): boolean =>
	Object.values(groups).some((entries) => Object.values(entries).some((entry) => 'token' in entry && entry.token));

const heads: Record<NodeSpec['kind'], (spec: NodeSpec) => string[]> = {
	action: (spec) => [
		textRow('name'),
		textRow('nas'),
		...(hasBots(spec) ? [textRow('bot')] : []),
		selectRow('resource'),
		selectRow('operation'),
	],
	trigger: () => [textRow('name'), textRow('nas'), selectRow('trigger')],
	push: () => [
		textRow('name'),
		selectRow('trigger'),
		selectRow('registration', ['automatic', 'manual']),
		textRow('nas'),
		textRow('bot'),
		textRow('address'),
		textRow('path'),
	],
};

const checkRow = (name: string): string =>
	inputRow(name, `<input${attributes({ type: 'checkbox', id: `node-input-${name}`, class: 'synoflow-check' })}>`);

const feet: Record<NodeSpec['kind'], (spec: NodeSpec) => string[]> = {
	action: () => [
		selectRow('list', ['array', 'rows']),
		textRow('limit', { 'data-i18n': '[placeholder]ui.limitAll', inputmode: 'numeric' }),
		selectRow('file', ['buffer', 'stream']),
		textRow('maxSize', { inputmode: 'numeric' }),
	],
	push: () => [selectRow('answer', ['now', 'flow']), textRow('reply')],
	trigger: (spec) => [
		textRow('interval', { inputmode: 'numeric' }),
		...(canWake(spec) ? [checkRow('wake')] : []),
		selectRow('store'),
		checkRow('resume'),
	],
};

function template(spec: NodeSpec): string {
	const blocks = Object.entries(spec.groups).flatMap(([group, entries]) =>
		Object.entries(entries).map(([name, declaration]) => entryBlock(spec.type, group, name, declaration)),
	);
	const body = [...heads[spec.kind](spec), ...blocks, ...secretRows(spec), ...feet[spec.kind](spec)]
		.map((part) => translateUi(part, spec.type))
		.join('\n');
	return `<script type="text/html" data-template-name="${spec.type}">\n${indent(`<div class="synoflow-form">\n${indent(body)}\n</div>`)}\n</script>`;
}

/** The fixed words are in the catalogue of each node set, under the node type, since a form sees its own catalogue only. */
const translateUi = (html: string, type: string): string =>
	html.replaceAll(/(data-i18n="(?:\[\w+\])?)ui\./g, `$1${type}.ui.`);

function registration(spec: NodeSpec): string {
	return `<script type="text/javascript">\nRED.nodes.registerType('${spec.type}', synoflow.${spec.kind}('${spec.type}', '${spec.service.id}', ${scriptJson(modelOf(spec))}));\n</script>`;
}

/** The editor file of a service: shared code, forms and registration; help is in the locales. */
export const serviceHtml = (service: Service): string =>
	[sharedCode(), ...nodesOf(service).flatMap((spec) => [template(spec), registration(spec)]), ''].join('\n');
