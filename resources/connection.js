// Editor definition of the connection node.
(function () {
	'use strict';
	// Validators take two arguments: from those with one the editor makes a mere yes or no of the message they return.
	const synoflow = (window.synoflow = window.synoflow || {});
	const input = (name) => $(`#node-config-input-${name}`);
	/** Certificate check that cannot do without the field. */
	const NEEDED_BY = { ca: 'ca', fingerprint: 'pin' };
	const isBlank = (value) => value === undefined || value === null || value === '';

	function check(node, type, { name, kind, required }, value) {
		const field = node._(`${type}.fields.${name}.title`);
		if (name === 'url' && required) return !isBlank(value) || node._(`${type}.ui.invalidUrl`);
		if (kind === 'number' && !isBlank(value) && !(Number(value) > 0)) return node._(`${type}.ui.notNumber`, { field });
		if (NEEDED_BY[name] === node.tls && isBlank(value)) return false;
		return !(required && isBlank(value));
	}

	function defaults({ type, fields, credentials }) {
		const plain = fields.filter(({ name }) => !credentials[name]);
		const entries = plain.map((field) => [
			field.name,
			{
				value: field.initial,
				required: field.required,
				validate(value, _options) {
					return check(this, type, field, value);
				},
			},
		]);
		return { name: { value: '' }, ...Object.fromEntries(entries) };
	}

	const credentials = ({ fields, credentials: kinds }) =>
		Object.fromEntries(
			fields.filter(({ name }) => kinds[name]).map(({ name, required }) => [name, { ...kinds[name], required }]),
		);

	/** Only the field that the chosen certificate check needs. */
	function showTls() {
		const tls = input('tls').val();
		$('.synoflow-row[data-setting=ca]').toggle(tls === 'ca');
		$('.synoflow-row[data-setting=fingerprint]').toggle(tls === 'pin');
	}

	function say(lines, good) {
		const box = $('#synoflow-test-answer')
			.empty()
			.attr('class', good === undefined ? '' : good ? 'synoflow-good' : 'synoflow-bad');
		for (const line of lines.filter(Boolean)) box.append($('<div>').text(line));
	}

	function showAnswer(node, type, answer) {
		const lines = [answer.message, answer.hint];
		if (answer.deviceId) {
			// The code is used up, and from now on the device ID stands for it.
			input('deviceId').val(answer.deviceId).trigger('change');
			input('otpCode').val('').trigger('change');
			lines.push(node._(`${type}.ui.deviceIssued`));
		}
		say(lines, answer.ok);
		const field = answer.field && input(answer.field);
		if (field && field.length) {
			field.closest('details').attr('open', true);
			field.trigger('focus');
		}
	}

	function test(node, model) {
		const { type } = model;
		const values = Object.fromEntries(model.fields.map(({ name }) => [name, String(input(name).val() ?? '')]));
		const button = $('#synoflow-test').prop('disabled', true);
		say([node._(`${type}.ui.testing`)]);
		$.ajax({
			type: 'POST',
			url: `${RED.settings.apiRootUrl || ''}${type}/test`,
			contentType: 'application/json',
			data: JSON.stringify({ id: node.id, ...values }),
		})
			.done((answer) => showAnswer(node, type, answer))
			.fail((xhr) => say([node._(`${type}.ui.noAnswer`, { text: `${xhr.status} ${xhr.statusText}` })], false))
			.always(() => button.prop('disabled', false));
	}

	synoflow.connection = (model) => ({
		category: 'config',
		color: synoflow.color || '#9CC6D9',
		defaults: defaults(model),
		credentials: credentials(model),
		label() {
			return this.name || this.url || (model.type === 'synology-nas' ? 'Synology NAS' : 'Synology Chat bot');
		},
		oneditprepare() {
			input('tls').on('change', showTls);
			showTls();
			$('#synoflow-test').on('click', () => test(this, model));
		},
	});
})();
