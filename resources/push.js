// Editor definition of the push trigger nodes.
(function () {
	'use strict';
	// Validators take two arguments: from those with one the editor makes a mere yes or no of the message they return.
	const synoflow = (window.synoflow = window.synoflow || {});

	const entriesOf = (model) => model.groups.trigger || {};
	const isAutomatic = (node) => node.registration !== 'manual';
	const isChosen = (value) => Boolean(value) && value !== '_ADD_';

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
			trigger: {
				value: Object.keys(entriesOf(model))[0] || '',
				required: true,
				validate: (value) => entriesOf(model)[value] !== undefined,
			},
			registration: { value: 'automatic' },
			nas: {
				value: '',
				type: 'synology-nas',
				validate(value, _options) {
					return !isAutomatic(this) || isChosen(value);
				},
			},
			bot: {
				value: '',
				type: 'synology-chat-bot',
				validate(value, _options) {
					return isAutomatic(this) || isChosen(value);
				},
			},
			address: {
				value: '',
				validate(value, _options) {
					return !isAutomatic(this) || /^https?:\/\/[^/]/i.test(value || '') || this._(`${type}.ui.notAddress`);
				},
			},
			path: {
				value: '/chat/bot',
				validate(value, _options) {
					return Boolean((value || '').trim()) || this._(`${type}.ui.notPath`);
				},
			},
			params: {
				value: {},
				validate(values, _options) {
					return synoflow.checkEntry(formOf(this, type, model, this.trigger), values);
				},
			},
			answer: { value: 'now' },
			reply: { value: '' },
		};
	}

	function showParts() {
		const automatic = $('#node-input-registration').val() !== 'manual';
		$('.synoflow-nas, .synoflow-address').toggle(automatic);
		$('.synoflow-bot').toggle(!automatic);
		$('.synoflow-text')
			.filter('.form-row')
			.toggle($('#node-input-answer').val() === 'now');
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
		};
		select.on('change', show);
		$('#node-input-registration, #node-input-answer').on('change', showParts);
		show();
		showParts();
		// The address of this page is often the one that the NAS reaches, too.
		const address = $('#node-input-address');
		if (!address.val() && !/^(localhost|127\.)/.test(window.location.hostname)) address.val(window.location.origin);
	}

	const labelOf = (node, model) => entriesOf(model)[node.trigger] && `entries.trigger.${node.trigger}.title`;

	synoflow.push = (type, service, model) => ({
		...synoflow.frame(type, service, model, { defaults, labelOf, prepare }),
		inputs: 0,
	});
})();
