// Editor definition of the action nodes.
(function () {
	'use strict';
	// Validators take two arguments: from those with one the editor makes a mere yes or no of the message they return.
	const synoflow = (window.synoflow = window.synoflow || {});

	const isLimit = (value) =>
		value === undefined || value === '' || (Number.isInteger(Number(value)) && Number(value) > 0);

	const first = (model) => {
		const [group, entries] = Object.entries(model.groups)[0] || ['', {}];
		return { group, name: Object.keys(entries)[0] || '' };
	};

	/** What the shared field code needs: node, texts, model of the chosen operation, chosen connection. */
	function formOf(node, type, model, resource, operation) {
		const entry = model.groups[resource]?.[operation];
		return {
			node,
			type,
			message: true,
			entry: `${resource}.${operation}`,
			id: entry?.id,
			model: entry,
			nas: () => $(entry?.token ? '#node-input-bot' : '#node-input-nas').val(),
		};
	}

	function fillSelect(select, names, label, chosen) {
		select.empty().append(names.map((name) => $('<option>', { value: name }).text(label(name))));
		select.val(names.includes(chosen) ? chosen : names[0]);
	}

	const entriesOf = (model) => Object.values(model.groups).flatMap((entries) => Object.values(entries));

	/** A connection must be chosen where the operation goes with it: an account, or a bot with its token. */
	const connection = (kind, type, model) => ({
		value: '',
		type: kind,
		validate(value, _options) {
			const token = model.groups[this.resource]?.[this.operation]?.token === true;
			return token !== (type === 'bot') || (Boolean(value) && value !== '_ADD_');
		},
	});

	function defaults(type, model) {
		const { group, name } = first(model);
		const bots = entriesOf(model).some(({ token }) => token);
		return {
			name: { value: '' },
			version: { value: model.version },
			nas: bots ? connection('synology-nas', 'nas', model) : { value: '', type: 'synology-nas', required: true },
			...(bots && { bot: connection('synology-chat-bot', 'bot', model) }),
			resource: { value: group, required: true },
			operation: {
				value: name,
				required: true,
				validate(value, _options) {
					// While the form is open, it says which resource the operation belongs to.
					const resource = this.synoflow ? $('#node-input-resource').val() : this.resource;
					return model.groups[resource]?.[value] !== undefined;
				},
			},
			params: {
				value: {},
				validate(values, _options) {
					return synoflow.checkEntry(formOf(this, type, model, this.resource, this.operation), values);
				},
			},
			list: { value: 'array' },
			limit: {
				value: '',
				validate(value, _options) {
					return isLimit(value) || this._(`${type}.ui.notLimit`);
				},
			},
			file: { value: 'buffer' },
			maxSize: {
				value: '100',
				validate(value, _options) {
					return isLimit(value) || this._(`${type}.ui.notLimit`);
				},
			},
		};
	}

	function prepare(node, type, model) {
		const [resource, operation] = [$('#node-input-resource'), $('#node-input-operation')];
		const groupLabel = (name) => node._(`${type}.groups.${name}`);
		const entryLabel = (name) => node._(`${type}.entries.${resource.val()}.${name}.title`);
		const show = () => {
			node.synoflow = formOf(node, type, model, resource.val(), operation.val());
			const { model: entry } = node.synoflow;
			if (!entry) return;
			synoflow.showEntry(node.synoflow, node.params || {});
			$('.synoflow-nas').toggle(entry.token !== true);
			$('.synoflow-bot').toggle(entry.token === true);
			$('.synoflow-list, .synoflow-limit').toggle(entry.list === true);
			const file = $('#node-input-file');
			$('.synoflow-file').toggle(entry.file === true);
			$('.synoflow-maxSize').toggle(entry.file === true && file.val() === 'buffer');
		};
		fillSelect(resource, Object.keys(model.groups), groupLabel, node.resource);
		fillSelect(operation, Object.keys(model.groups[resource.val()] || {}), entryLabel, node.operation);
		resource.on('change', () => {
			// The editor fires a change when it opens the form, too: the operation stays if the resource has it.
			fillSelect(operation, Object.keys(model.groups[resource.val()] || {}), entryLabel, operation.val());
			show();
		});
		operation.on('change', show);
		$('#node-input-file').on('change', show);
		show();
	}

	const labelOf = ({ resource, operation }, model) =>
		model.groups[resource]?.[operation] && `entries.${resource}.${operation}.title`;

	synoflow.action = (type, service, model) => ({
		...synoflow.frame(type, service, model, { defaults, labelOf, prepare }),
		inputs: 1,
		inputLabels() {
			return this._(`${type}.ui.input`);
		},
	});
})();
