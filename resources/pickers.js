// Pick lists: loaded through the deployed connection when asked for, filtered while one types, free entry always possible.
(function () {
	'use strict';
	const synoflow = (window.synoflow = window.synoflow || {});
	const lists = new Map();
	/** Labels of everything listed so far, by entry, field and value. */
	synoflow.labels = new Map();

	function load(form, field, search) {
		const query = { nas: form.nas(), id: form.id, field: field.name, search: field.picker === 'search' ? search : '' };
		const key = JSON.stringify(query);
		if (!lists.has(key)) {
			const answer = Promise.resolve($.getJSON(`${RED.settings.apiRootUrl || ''}synology-nas/choices`, query));
			lists.set(key, answer);
			// Lists change: what was loaded serves one look only. A failure is asked again at once.
			answer.then(
				() => setTimeout(() => lists.delete(key), 15000),
				() => lists.delete(key),
			);
		}
		return lists.get(key);
	}

	const shown = ({ value, label }) => (label === value ? label : `${label} (${value})`);
	const includes = (value, part) => value.toLowerCase().includes(part.toLowerCase());

	/** In a field of several values, what stands before the last comma stays. */
	function split(field, text) {
		const at = field.list ? text.lastIndexOf(',') + 1 : 0;
		return { kept: text.slice(0, at) + (at > 0 ? ' ' : ''), part: text.slice(at).trim() };
	}

	const explain = (xhr) =>
		[xhr.responseJSON?.message, xhr.responseJSON?.hint].filter(Boolean).join(' ') || xhr.statusText;

	/** Search function of the editor's completion menu. */
	synoflow.search = function (form, field) {
		const say = (text) => {
			const row = form.block.find('.synoflow-row').filter((_, item) => item.dataset.field === field.name);
			synoflow.showPicked(row, text);
		};
		return function (text, done) {
			const { kept, part } = split(field, text);
			say(form.node._(`${form.type}.ui.loading`));
			load(form, field, part).then(
				(rows) => {
					const found = rows.filter((row) => includes(shown(row), part));
					say(found.length === 0 && part === '' ? form.node._(`${form.type}.ui.noChoices`) : '');
					for (const row of found) synoflow.labels.set(`${form.id} ${field.name} ${kept}${row.value}`, row.label);
					// An exact id first: the menu takes its first line when one presses Tab.
					found.sort((one, other) => Number(other.value === part) - Number(one.value === part));
					done(found.map((row) => ({ value: kept + row.value, label: $('<span>').text(shown(row)) })));
				},
				(xhr) => {
					say(explain(xhr));
					done([]);
				},
			);
		};
	};
})();
