// Parameter fields of all Synology nodes: typed inputs, pick lists, validation. Shared code adds to one object only, so that
// the order in which the editor loads the files does not matter.
(function () {
	'use strict';
	const synoflow = (window.synoflow = window.synoflow || {});
	synoflow.color = '#9CC6D9';

	const PLAIN = ['str', 'num', 'bool', 'json', 'pick', 'choice'];
	const BASE = {
		text: 'str',
		number: 'num',
		flag: 'bool',
		json: 'json',
		moment: 'str',
		color: 'str',
	};
	const OPTIONAL_NONE = ['flag', 'choice', 'json', 'file'];

	/** Text of a node type from its message catalogue. */
	const text = (form, key, values) => form.node._(`${form.type}.${key}`, values);
	const fieldText = (form, field, part) => text(form, `entries.${form.entry}.fields.${field.name}.${part}`);

	const noneType = (form) => ({ value: 'none', label: text(form, 'ui.none'), hasValue: false });
	/** Its value is in the text area below, since an input of one line loses line breaks. */
	const textType = (form) => ({ value: 'str', label: text(form, 'ui.text'), hasValue: false });

	function choiceType(form, field) {
		const multiple = field.list === true;
		const options = field.options.map((value) => ({ value, label: fieldText(form, field, `options.${value}`) }));
		return { value: 'choice', label: text(form, 'ui.choice'), icon: 'fa fa-list-ul', options, multiple };
	}

	function pickType(form, field) {
		return {
			value: 'pick',
			label: text(form, 'ui.pick'),
			icon: 'fa fa-list',
			autoComplete: synoflow.search(form, field),
			expand: function () {
				this.input.focus();
				// The whole list, whatever is in the field.
				this.input.autoComplete('instance')._updateCompletions('');
			},
		};
	}

	/** Values with commas between them; what is no list of plain values is JSON. */
	const listType = (form) => ({ value: 'str', label: text(form, 'ui.entries'), icon: 'fa fa-list-ol' });

	function ownType(form, field) {
		if (field.picker) return [pickType(form, field)];
		if (field.list && field.kind !== 'json')
			return [field.kind === 'choice' ? choiceType(form, field) : listType(form), 'json'];
		if (field.kind === 'choice') return [choiceType(form, field)];
		if (field.kind === 'multiline') return [textType(form)];
		if (field.kind === 'moment') return ['str', 'date'];
		return BASE[field.kind] ? [BASE[field.kind]] : [];
	}

	function typesOf(form, field) {
		const none = !field.required && field.initial === '' && OPTIONAL_NONE.includes(field.kind);
		const dynamic = field.kind === 'file' ? ['flow', 'global'] : ['flow', 'global', 'jsonata', 'env'];
		return [...(none ? [noneType(form)] : []), ...ownType(form, field), ...(form.message ? ['msg'] : []), ...dynamic];
	}

	const typeName = (type) => (typeof type === 'string' ? type : type.value);

	function startValue(field, types, saved) {
		if (saved && types.some((type) => typeName(type) === saved.type)) return saved;
		const type = typeName(types[0]);
		return { type, value: type === 'msg' ? 'payload' : field.initial };
	}

	/** Row of a field in the form. */
	const rowOf = (form, field) => form.block.find('.synoflow-row').filter((_, row) => row.dataset.field === field.name);

	function showPicked(row, label) {
		row.find('.synoflow-picked').text(label || '');
	}
	synoflow.showPicked = showPicked;

	function setUpField(form, field, saved) {
		if (field.kind === 'secret') return;
		const row = rowOf(form, field);
		const input = row.find('.synoflow-value');
		const area = row.find('.synoflow-text');
		const types = typesOf(form, field);
		const { type, value, label } = startValue(field, types, saved);
		input.typedInput({ default: type, types });
		area.val(type === 'str' ? value : '');
		input.typedInput('type', type);
		input.typedInput('value', area.length && type === 'str' ? '' : value);
		nameControls(form, field, row);
		showPicked(row, label);
		input.on('change', () => {
			area.toggle(input.typedInput('type') === 'str');
			const picked = synoflow.labels.get(`${form.id} ${field.name} ${input.typedInput('value')}`);
			showPicked(
				row,
				input.typedInput('type') === 'pick' ? picked || (input.typedInput('value') === value ? label : '') : '',
			);
		});
		area.toggle(type === 'str');
	}

	/** The editor's typed input makes controls of its own, which the label does not reach. */
	function nameControls(form, field, row) {
		const title = fieldText(form, field, 'title');
		row.find('.red-ui-typedInput-input').attr('aria-label', title);
		row.find('.red-ui-typedInput-type-select, .red-ui-typedInput-option-trigger').attr('aria-label', title);
		row.find('label').on('click', () => row.find('input:visible, textarea:visible, button:visible').first().focus());
	}

	function readField(form, field) {
		const row = rowOf(form, field);
		const input = row.find('.synoflow-value');
		const type = input.typedInput('type');
		const area = row.find('.synoflow-text');
		const value = area.length && type === 'str' ? area.val() : input.typedInput('value');
		if (type === 'none' || (PLAIN.includes(type) && value === '')) return undefined;
		const label = type === 'pick' ? row.find('.synoflow-picked').text() : '';
		return { type, value: String(value), ...(label && { label }) };
	}

	/** Secrets are credentials of the node, shown with the entries that take them. */
	function showSecrets(form) {
		const names = form.model.fields.filter(({ kind }) => kind === 'secret').map(({ name }) => name);
		$('.synoflow-secret').each((_, input) => {
			const row = $(input).closest('.synoflow-row');
			row.toggle(names.includes(row[0].dataset.field));
		});
	}

	/** Shows the fields of one entry; they are set up when they are first shown. */
	synoflow.showEntry = function (form, saved) {
		const blocks = $('.synoflow-entry').hide();
		form.block = blocks.filter((_, block) => block.dataset.entry === form.entry).show();
		showSecrets(form);
		if (form.block.data('synoflow')) return;
		form.block.data('synoflow', true);
		for (const field of form.model.fields) setUpField(form, field, saved[field.name]);
	};

	/** Values of the entry that is shown, as the node saves them. */
	synoflow.readEntry = function (form) {
		const fields = form.model.fields.filter(({ kind }) => kind !== 'secret');
		const values = fields.map((field) => [field.name, readField(form, field)]);
		return Object.fromEntries(values.filter(([, value]) => value !== undefined));
	};

	function checkField(form, field, saved) {
		const name = fieldText(form, field, 'title');
		if (!saved || (PLAIN.includes(saved.type) && saved.value === '')) {
			const needed = field.required && field.kind !== 'secret' && field.kind !== 'file';
			return needed ? text(form, 'ui.required', { field: name }) : true;
		}
		if (saved.type === 'num' && Number.isNaN(Number(saved.value))) return text(form, 'ui.notNumber', { field: name });
		if (saved.type === 'json' && !isJson(saved.value)) return text(form, 'ui.notJson', { field: name });
		const valid = ['msg', 'flow', 'global', 'jsonata'].includes(saved.type)
			? RED.utils.validateTypedProperty(saved.value, saved.type, { label: name })
			: true;
		return valid === false ? name : valid;
	}

	function isJson(value) {
		try {
			JSON.parse(value);
			return true;
		} catch {
			return false;
		}
	}
	synoflow.isJson = isJson;

	/** True, or what is wrong with the saved values. A required parameter may still come with the message. */
	synoflow.checkEntry = function (form, values) {
		for (const field of form.model ? form.model.fields : []) {
			const result = checkField(form, field, (values || {})[field.name]);
			if (result !== true) return result;
		}
		return true;
	};

	/** Credentials of a node type: one for each secret parameter. */
	synoflow.credentials = function (model) {
		const entries = Object.values(model.groups).flatMap((group) => Object.values(group));
		const names = entries.flatMap(({ fields }) => fields.map(({ credential }) => credential)).filter(Boolean);
		return Object.fromEntries(names.map((name) => [name, { type: 'password' }]));
	};

	/**
	 * What all node types have in common. `labelOf` gives the key of the text that names a node without a name of its own, as far as it is
	 * known.
	 */
	synoflow.frame = (type, service, model, { defaults, labelOf, prepare }) => ({
		category: 'synology',
		color: synoflow.color || '#9CC6D9',
		defaults: defaults(type, model),
		credentials: synoflow.credentials(model),
		outputs: 1,
		icon: `${service}.svg`,
		paletteLabel() {
			return this._(`${type}.title`);
		},
		label() {
			return this.name || this._(`${type}.${labelOf(this, model) || 'title'}`);
		},
		labelStyle() {
			return this.name ? 'node_label_italic' : '';
		},
		outputLabels() {
			return this._(`${type}.ui.output`);
		},
		oneditprepare() {
			prepare(this, type, model);
		},
		oneditsave() {
			if (this.synoflow?.model) this.params = synoflow.readEntry(this.synoflow);
			delete this.synoflow;
		},
		oneditcancel() {
			delete this.synoflow;
		},
	});
})();
