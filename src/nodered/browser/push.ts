import { isChosen } from './check';
import type { NodeHead } from './data';
import { control, toggle } from './dom';
import { eventDefaults, eventLabel, prepareEvents } from './events';
import { frame, type Kind } from './frame';
import { textOf, type Definition, type EditorNode } from './node';
import { word } from './words';

const isAutomatic = (node: EditorNode): boolean => node['registration'] !== 'manual';

function defaults(head: NodeHead): Kind['defaults'] {
	return {
		name: { value: '' },
		version: { value: head.version },
		...eventDefaults(head),
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
				const isAddress = /^https?:\/\/[^/]/i.test(textOf(value));
				return !isAutomatic(this) || isAddress || word(this, 'notAddress');
			},
		},
		path: {
			value: '/chat/bot',
			validate(value, _options) {
				return textOf(value).trim() !== '' || word(this, 'notPath');
			},
		},
		answer: { value: 'now' },
		reply: { value: '' },
	};
}

function showParts(): void {
	const automatic = control('registration').value !== 'manual';
	toggle('.synoflow-nas, .synoflow-address', automatic);
	toggle('.synoflow-bot', !automatic);
	toggle('.synoflow-reply', control('answer').value === 'now');
}

/** The address of this page is often the one that the NAS reaches, too. */
function suggestAddress(): void {
	const { hostname, origin } = window.location;
	const field = control('address');
	if (field.value === '' && !/^(localhost|127\.)/.test(hostname)) field.value = origin;
}

/** Definition of a push trigger. */
export const push = (head: NodeHead): Definition => ({
	...frame(head, {
		output: 'event',
		defaults: defaults(head),
		labelOf: eventLabel(head),
		prepare: (node) => {
			prepareEvents(head, node);
			for (const name of ['registration', 'answer']) $(control(name)).on('change', showParts);
			showParts();
			suggestAddress();
		},
	}),
	inputs: 0,
});
