import { botSchema } from '../../core/bot';
import { connectionSchema } from '../../core/connection';
import type { z } from '../../vendor/zod';
import { APPLICATION_TYPE, applicationSchema } from '../application';
import { BOT_TYPE } from '../bot';
import { CONNECTION_TYPE } from '../connection';
import { credentialsOf } from '../settings';
import { fieldsOf, type Field } from '../../host/form';
import type { ConnectionData, NodeHead } from '../browser/data';
import { CONNECTION_EVENTS_TYPE } from '../connectionEvents';
import { connectionEventsRegistration, connectionRegistration } from './definition';
import { configRow, formOf, sharedCode, textRow } from './html';
import { initialText } from './model';
import { attributes, indent, label, scriptJson } from './markup';

/** The configuration nodes: an account of a NAS, a bot or webhook of Chat, an application of SSO Server. */
export interface ConnectionKind {
	type: string;
	schema: z.ZodObject;
}
export const NAS: ConnectionKind = { type: CONNECTION_TYPE, schema: connectionSchema };
export const BOT: ConnectionKind = { type: BOT_TYPE, schema: botSchema };
export const APPLICATION: ConnectionKind = { type: APPLICATION_TYPE, schema: applicationSchema };

const key = (type: string, name: string, part: string): string => `${type}.fields.${name}.${part}`;

function control(type: string, field: Field, id: string): string {
	const common = {
		id,
		'aria-describedby': field.description ? `${id}-help` : undefined,
		'data-i18n': field.placeholder ? `[placeholder]${key(type, field.name, 'placeholder')}` : undefined,
	};
	if (field.kind === 'choice') {
		const options = field.options.map(
			({ value }) => `<option value="${value}" data-i18n="${key(type, field.name, `options.${value}`)}"></option>`,
		);
		return `<select${attributes(common)}>${options.join('')}</select>`;
	}
	if (field.kind === 'multiline')
		return `<textarea${attributes({ ...common, rows: '4', spellcheck: 'false' })}></textarea>`;
	const inputmode = field.kind === 'number' ? 'numeric' : undefined;
	return `<input${attributes({ type: field.kind === 'secret' ? 'password' : 'text', ...common, inputmode })}>`;
}

const button = (id: string, key: string) =>
	`<button type="button" class="red-ui-button" id="${id}" data-i18n="${key}"></button>`;

const status = (id: string) => `<div class="synoflow-answer" id="${id}" role="status" aria-live="polite"></div>`;

/** Below the field of the text: who is signed in, and the buttons that fill and empty it. */
const signInRows = (type: string): string[] => [
	'<div class="synoflow-below">',
	indent(status('synoflow-sign-in-state')),
	indent(button('synoflow-sign-in', `${type}.ui.signIn`)),
	indent(button('synoflow-sign-out', `${type}.ui.signOut`)),
	indent(status('synoflow-sign-in-answer')),
	'</div>',
];

/** A bot has nothing to check. */
const testButtons = (type: string): string[] => [
	button('synoflow-test', `${type}.ui.test`),
	...(type === CONNECTION_TYPE ? [button('synoflow-check', `${type}.ui.check`)] : []),
];

const testRow = (type: string) => `<div class="form-row synoflow-row">
	${testButtons(type).join('\n\t')}
	${status('synoflow-test-answer')}
</div>`;

const trialRow = (type: string) => `<div class="form-row synoflow-row">
	<label for="synoflow-trial-nas">${label(`${type}.ui.trialNas`)}</label>
	<select id="synoflow-trial-nas"></select>
	<div class="synoflow-help" id="synoflow-trial-address"></div>
	<div class="synoflow-below">
		${button('synoflow-trial', `${type}.ui.trial`)}
		${status('synoflow-trial-answer')}
	</div>
</div>`;

function row(type: string, field: Field): string {
	const id = `node-config-input-${field.name}`;
	const mark = field.required ? ' <span class="synoflow-required" aria-hidden="true">*</span>' : '';
	return [
		`<div class="form-row synoflow-row" data-setting="${field.name}">`,
		indent(`<label for="${id}">${label(key(type, field.name, 'title'))}${mark}</label>`),
		indent(control(type, field, id)),
		indent(`<div class="synoflow-help" id="${id}-help" data-i18n="${key(type, field.name, 'description')}"></div>`),
		...(field.name === 'signIn' ? signInRows(type).map((line) => indent(line)) : []),
		'</div>',
	].join('\n');
}

const nameRow = (type: string) => `<div class="form-row synoflow-row">
	<label for="node-config-input-name">${label(`${type}.ui.name`)}</label>
	<input type="text" id="node-config-input-name">
</div>`;

/** What the browser code has to know of the connection form. */
export const connectionModel = ({ type, schema }: ConnectionKind = NAS): ConnectionData => ({
	type,
	credentials: credentialsOf(schema),
	fields: fieldsOf(schema).map((field) => {
		const { name, kind, required } = field;
		return { name, kind, required, initial: initialText(field) };
	}),
});

/** The editor file of the connection node. */
export function connectionHtml(kind: ConnectionKind = NAS): string {
	const { type, schema } = kind;
	const rows = (rare: boolean) =>
		fieldsOf(schema)
			.filter(({ advanced }) => advanced === rare)
			.map((field) => row(type, field));
	const summary = `<summary data-i18n="${type}.ui.options"></summary>`;
	const options = `<details class="synoflow-options">\n${indent([summary, ...rows(true)].join('\n'))}\n</details>`;
	// An application has no address of its own: it is tried with a connection, and nothing is rare.
	const rest = type === APPLICATION_TYPE ? [trialRow(type)] : [options, testRow(type)];
	const form = `<div class="synoflow-form">\n${indent([nameRow(type), ...rows(false), ...rest].join('\n'))}\n</div>`;
	return [
		sharedCode(),
		`<script type="text/html" data-template-name="${type}">\n${indent(form)}\n</script>`,
		`<script type="text/javascript">\nsynoflow.addConnection(${scriptJson(connectionModel(kind))});\n${connectionRegistration(connectionModel(kind))}\n</script>`,
		...(type === CONNECTION_TYPE ? eventsHtml() : []),
		'',
	].join('\n');
}

/** The node that tells what happens to a connection stands in the node set of the connection. */
const eventsHead: NodeHead = {
	service: '',
	kind: 'connection',
	groups: {},
	words: 'status health online offline outage lost',
};

const eventsHtml = (): string[] => [
	formOf(CONNECTION_EVENTS_TYPE, [textRow('name'), configRow('nas'), textRow('interval', { inputmode: 'numeric' })]),
	`<script type="text/javascript">\nsynoflow.add('${CONNECTION_EVENTS_TYPE}',${scriptJson(eventsHead)});\n${connectionEventsRegistration()}\n</script>`,
];
