import type { Service } from '../../catalog/operation';
import type { Field } from '../../host/form';
import { secretName } from '../form';
import { nodeRegistration } from './definition';
import type { Translate } from './locales';
import { attributes, indent, label, scriptLiteral } from './markup';
import { canWake, hasApplications, hasBots, headOf, nodesOf, secretsIn, type NodeSpec } from './model';

/** Name under which the package's browser files are served. */
export const RESOURCES = 'resources/@synoflow/n8n-nodes-synology';
/** The browser code, shared by all nodes. */
export const SCRIPT = 'editor.js';
export const STYLE = 'editor.css';

/** Elements that load the shared code: paths without a leading slash, so that a sub-path of the editor is kept. */
export const sharedCode = (): string =>
	`<link rel="stylesheet" href="${RESOURCES}/${STYLE}">\n<script src="${RESOURCES}/${SCRIPT}"></script>`;

/** A secret parameter: a credential of the node, which the editor fills in by its id. Its texts come with the entry that takes it. */
function secretRow({ name }: Field): string {
	const id = `node-input-${secretName(name)}`;
	return [
		`<div class="form-row synoflow-row synoflow-secret" data-field="${name}">`,
		indent(`<label for="${id}"></label>`),
		indent(`<input${attributes({ type: 'password', id, 'aria-describedby': `${id}-help` })}>`),
		indent(`<div class="synoflow-help" id="${id}-help"></div>`),
		'</div>',
	].join('\n');
}

const inputRow = (name: string, input: string): string =>
	`<div class="form-row synoflow-row synoflow-${name}">\n${indent(`<label for="node-input-${name}">${label(`ui.${name}`)}</label>\n${input}`)}\n</div>`;

export const textRow = (name: string, more: Record<string, string> = {}): string =>
	inputRow(name, `<input${attributes({ type: 'text', id: `node-input-${name}`, ...more })}>`);

/** A configuration node that is chosen: the editor takes the width of its list from the style attribute only. */
export const configRow = (name: string): string => textRow(name, { style: 'width: calc(100% - 150px)' });

/** A value with its type, which the editor keeps in a field of its own. */
const typedRow = (name: string): string =>
	inputRow(
		name,
		`<input${attributes({ type: 'text', id: `node-input-${name}`, style: 'width: calc(100% - 150px)' })}>\n<input type="hidden" id="node-input-${name}Type">`,
	);

const selectRow = (name: string, values: string[] = []): string => {
	const choices = values.map((value) => `<option value="${value}" data-i18n="ui.${name}_${value}"></option>`);
	return inputRow(name, `<select id="node-input-${name}">${choices.join('')}</select>`);
};

/** The chosen entry: a search over all of them, and the values that the node saves. */
const chooserRow = (word: string, values: readonly string[]): string =>
	[
		'<div class="form-row synoflow-row synoflow-chooser">',
		indent(`<label for="synoflow-choose"><span data-word="${word}"></span></label>`),
		indent(
			`<input${attributes({ type: 'text', id: 'synoflow-choose', role: 'combobox', autocomplete: 'off', spellcheck: 'false', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': 'synoflow-choices' })}>`,
		),
		...values.map((name) => indent(`<input type="hidden" id="node-input-${name}">`)),
		'</div>',
	].join('\n');

const heads: Record<NodeSpec['kind'], (spec: NodeSpec) => string[]> = {
	action: (spec) => [
		textRow('name'),
		configRow('nas'),
		...(hasBots(spec) ? [configRow('bot')] : []),
		chooserRow('operation', ['resource', 'operation']),
		...(hasApplications(spec) ? [configRow('sso')] : []),
	],
	trigger: () => [textRow('name'), configRow('nas'), chooserRow('trigger', ['trigger']), textRow('additional')],
	push: () => [
		textRow('name'),
		chooserRow('trigger', ['trigger']),
		selectRow('registration', ['automatic', 'manual']),
		configRow('nas'),
		configRow('bot'),
		textRow('address'),
		textRow('path'),
		'<div class="synoflow-help synoflow-callback" aria-live="polite"></div>',
	],
};

const checkRow = (name: string): string =>
	inputRow(name, `<input${attributes({ type: 'checkbox', id: `node-input-${name}`, class: 'synoflow-check' })}>`);

const actionRows = [
	selectRow('list', ['array', 'rows']),
	textRow('limit', { 'data-i18n': '[placeholder]ui.limitAll', inputmode: 'numeric' }),
	selectRow('file', ['buffer', 'stream', 'chunks']),
	textRow('maxSize', { inputmode: 'numeric' }),
	typedRow('output'),
	textRow('parallel', { placeholder: '1', inputmode: 'numeric' }),
	selectRow('override', ['no', 'params', 'properties']),
];

const feet: Record<NodeSpec['kind'], (spec: NodeSpec) => string[]> = {
	action: () => [],
	push: () => [selectRow('answer', ['now', 'flow']), textRow('reply')],
	trigger: (spec) => [
		textRow('interval', { inputmode: 'numeric' }),
		...(canWake(spec) ? [checkRow('wake')] : []),
		selectRow('store'),
		checkRow('resume'),
	],
};

/** The fixed words stand once, in the catalogue of the connection: the shared code puts them in when a form opens. */
const markWords = (html: string): string => html.replaceAll(/data-i18n="((?:\[\w+\])?)ui\./g, 'data-word="$1');

/** The form of a node type. */
export const formOf = (type: string, rows: readonly string[]): string => {
	const body = rows.map(markWords).join('\n');
	return `<script type="text/html" data-template-name="${type}">\n${indent(`<div class="synoflow-form">\n${indent(body)}\n</div>`)}\n</script>`;
};

/** Every editor loads these files at every start: no bytes for their looks. */
const compact = (html: string): string => html.replaceAll(/^\t+/gm, '');

/** The last rows of every action, which the shared code puts in their place. */
export const ACTION_ROWS = compact(markWords(actionRows.join('\n')));

/** What stands in every form of a node. The fields of its operations and events are drawn by the browser code. */
function template(spec: NodeSpec): string {
	const { type, kind } = spec;
	const entries = '<div class="synoflow-entries"></div>';
	const secrets = secretsIn(spec).map((field) => secretRow(field));
	return formOf(type, [...heads[kind](spec), entries, ...secrets, ...feet[kind](spec)]);
}

const registration = (spec: NodeSpec, languages: readonly Translate[]): string =>
	`<script type="text/javascript">\nsynoflow.add('${spec.type}',${scriptLiteral(headOf(spec, languages))});\n${nodeRegistration(spec)}\n</script>`;

/** The editor file of a service: shared code, what its forms have in common, and registration; texts are in the locales. */
export const serviceHtml = (service: Service, languages?: readonly Translate[]): string =>
	compact(
		[
			sharedCode(),
			...nodesOf(service).flatMap((spec) => [template(spec), registration(spec, languages ?? [])]),
			'',
		].join('\n'),
	);
