// Editor definition of the trigger nodes.
(function () {
	'use strict';
	// Validators take two arguments: from those with one the editor makes a mere yes or no of the message they return.
	const synoflow = (window.synoflow = window.synoflow || {});

	const entriesOf = (model) => model.groups.trigger || {};

	const canWake = (model) => Object.values(entriesOf(model)).some(({ wake }) => wake);

	function formOf(node, type, model, trigger) {
		const entry = entriesOf(model)[trigger];
		return {
			node,
			type,
			message: false,
			entry: `trigger.${trigger}`,
			id: entry?.id,
			model: entry,
			nas: () => $('#node-input-nas').val(),
		};
	}

	function defaults(type, model) {
		return {
			name: { value: '' },
			version: { value: model.version },
			nas: { value: '', type: 'synology-nas', required: true },
			trigger: {
				value: Object.keys(entriesOf(model))[0] || '',
				required: true,
				validate: (value) => entriesOf(model)[value] !== undefined,
			},
			params: {
				value: {},
				validate(values, _options) {
					return synoflow.checkEntry(formOf(this, type, model, this.trigger), values);
				},
			},
			interval: {
				value: '10',
				required: true,
				validate(value, _options) {
					return Number(value) >= 2 || this._(`${type}.ui.notInterval`);
				},
			},
			...(canWake(model) && { wake: { value: false } }),
			store: { value: '' },
			resume: { value: true },
		};
	}

	function fillStores(node, type) {
		const { stores = [], default: usual } = RED.settings.context || {};
		const select = $('#node-input-store').empty();
		const standard = `${node._(`${type}.ui.storeDefault`)}${usual ? ` (${usual})` : ''}`;
		select.append($('<option>', { value: '' }).text(standard));
		// A store that the settings no longer have stays visible instead of being changed silently.
		for (const store of new Set([...stores, ...(node.store ? [node.store] : [])])) {
			select.append($('<option>', { value: store }).text(store));
		}
		select.val(node.store || '');
	}

	function prepare(node, type, model) {
		const select = $('#node-input-trigger').empty();
		for (const name of Object.keys(entriesOf(model))) {
			select.append($('<option>', { value: name }).text(node._(`${type}.entries.trigger.${name}.title`)));
		}
		select.val(entriesOf(model)[node.trigger] ? node.trigger : Object.keys(entriesOf(model))[0]);
		const show = () => {
			node.synoflow = formOf(node, type, model, select.val());
			if (node.synoflow.model) synoflow.showEntry(node.synoflow, node.params || {});
			$('.synoflow-wake').toggle(node.synoflow.model?.wake === true);
		};
		select.on('change', show);
		show();
		fillStores(node, type);
	}

	const labelOf = (node, model) => entriesOf(model)[node.trigger] && `entries.trigger.${node.trigger}.title`;

	synoflow.trigger = (type, service, model) => ({
		...synoflow.frame(type, service, model, { defaults, labelOf, prepare }),
		inputs: 0,
	});
})();
