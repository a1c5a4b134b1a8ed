import type { Service } from '../../catalog/operation';
import type { Field } from '../../host/form';
import { secretName } from '../form';
import { attributes, indent, label, scriptJson } from './markup';
import { canWake, headOf, nodesOf, secretsIn, type NodeSpec } from './model';

/** Name under which the package's browser files are served. */
export const RESOURCES = 'resources/@synoflow/n8n-nodes-synology';
/** The browser code, shared by all nodes. */
export const SCRIPT = 'editor.js';
export const STYLE = 'editor.css';

/** Elements that load the shared code: paths without a leading slash, so that a sub-path of the editor is kept. */
export const sharedCode = (): string =>
	`<link rel="stylesheet" href="${RESOURCES}/${STYLE}">\n<script src="${RESOURCES}/${SCRIPT}"></script>`;

/** A secret parameter: a credential of the node, which the editor fills in by its id. Shown with the entries that take it. */
function secretRow(type: string, { name, description }: Field): string {
	const [id, key] = [`node-input-${secretName(name)}`, `${type}.secrets.${name}`];
	const described = description === '' ? undefined : `${id}-help`;
	return [
		`<div class="form-row synoflow-row synoflow-secret" data-field="${name}">`,
		indent(`<label for="${id}">${label(`${key}.title`)}</label>`),
		indent(`<input${attributes({ type: 'password', id, 'aria-describedby': described })}>`),
		...(described
			? [indent(`<div class="synoflow-help" id="${described}" data-i18n="${key}.description"></div>`)]
			: []),
		'</div>',
	].join('\n');
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

/** What stands in every form of a node. The fields of its operations and events are drawn by the browser code. */
function template(spec: NodeSpec): string {
	const { type, kind } = spec;
	const entries = '<div class="synoflow-entries"></div>';
	const secrets = secretsIn(spec).map((field) => secretRow(type, field));
	const body = [...heads[kind](spec), entries, ...secrets, ...feet[kind](spec)].map(markWords).join('\n');
	return `<script type="text/html" data-template-name="${type}">\n${indent(`<div class="synoflow-form">\n${indent(body)}\n</div>`)}\n</script>`;
}

/** The fixed words stand once, in the catalogue of the connection: the shared code puts them in when a form opens. */
const markWords = (html: string): string => html.replaceAll(/data-i18n="((?:\[\w+\])?)ui\./g, 'data-word="$1');

const registration = (spec: NodeSpec): string =>
	`<script type="text/javascript">\nRED.nodes.registerType('${spec.type}', synoflow.${spec.kind}(${scriptJson(headOf(spec))}));\n</script>`;

/** The editor file of a service: shared code, what its forms have in common, and registration; help is in the locales. */
export const serviceHtml = (service: Service): string =>
	[sharedCode(), ...nodesOf(service).flatMap((spec) => [template(spec), registration(spec)]), '']
		.join('\n')
		// Every editor loads it at every start: no bytes for its looks.
		.replaceAll(/^\t+/gm, '');
