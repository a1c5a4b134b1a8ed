import { connectionSchema } from '../../core/connection';
import { connectionCredentials } from '../connection';
import { fieldsOf, type Field } from '../form';
import { sharedCode } from './html';
import { attributes, indent, label, scriptJson } from './markup';

const TYPE = 'synology-nas';

const key = (name: string, part: string): string => `${TYPE}.fields.${name}.${part}`;

function control(field: Field, id: string): string {
	const common = {
		id,
		'aria-describedby': field.description ? `${id}-help` : undefined,
		'data-i18n': field.placeholder ? `[placeholder]${key(field.name, 'placeholder')}` : undefined,
	};
	if (field.kind === 'choice') {
		const options = field.options.map(
			({ value }) => `<option value="${value}" data-i18n="${key(field.name, `options.${value}`)}"></option>`,
		);
		return `<select${attributes(common)}>${options.join('')}</select>`;
	}
	if (field.kind === 'multiline')
		return `<textarea${attributes({ ...common, rows: '4', spellcheck: 'false' })}></textarea>`;
	const inputmode = field.kind === 'number' ? 'numeric' : undefined;
	return `<input${attributes({ type: field.kind === 'secret' ? 'password' : 'text', ...common, inputmode })}>`;
}

function row(field: Field): string {
	const id = `node-config-input-${field.name}`;
	const mark = field.required ? ' <span class="synoflow-required" aria-hidden="true">*</span>' : '';
	return [
		`<div class="form-row synoflow-row" data-setting="${field.name}">`,
		indent(`<label for="${id}">${label(key(field.name, 'title'))}${mark}</label>`),
		indent(control(field, id)),
		indent(`<div class="synoflow-help" id="${id}-help" data-i18n="${key(field.name, 'description')}"></div>`),
		'</div>',
	].join('\n');
}

const nameRow = `<div class="form-row synoflow-row">
	<label for="node-config-input-name">${label(`${TYPE}.ui.name`)}</label>
	<input type="text" id="node-config-input-name">
</div>`;

const testRow = `<div class="form-row synoflow-row">
	<button type="button" class="red-ui-button" id="synoflow-test" data-i18n="${TYPE}.ui.test"></button>
	<div id="synoflow-test-answer" role="status" aria-live="polite"></div>
</div>`;

/** What the browser code has to know of the connection form. */
export const connectionModel = () => ({
	credentials: connectionCredentials,
	fields: fieldsOf(connectionSchema).map(({ name, kind, required, initial }) => ({ name, kind, required, initial })),
});

/** The editor file of the connection node. */
export function connectionHtml(): string {
	const fields = fieldsOf(connectionSchema);
	const shown = fields.filter(({ advanced }) => !advanced).map(row);
	const hidden = fields.filter(({ advanced }) => advanced).map(row);
	const summary = `<summary data-i18n="${TYPE}.ui.options"></summary>`;
	const options = `<details class="synoflow-options">\n${indent([summary, ...hidden].join('\n'))}\n</details>`;
	const form = `<div class="synoflow-form">\n${indent([nameRow, ...shown, options, testRow].join('\n'))}\n</div>`;
	return [
		sharedCode(),
		`<script type="text/html" data-template-name="${TYPE}">\n${indent(form)}\n</script>`,
		`<script type="text/javascript">\nRED.nodes.registerType('${TYPE}', synoflow.connection(${scriptJson(connectionModel())}));\n</script>`,
		'',
	].join('\n');
}
