import { control, toggle } from './dom';
import { prepareEvents } from './events';
import type { EditorNode } from './node';

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

/** Sets up the form of a push trigger. */
export function preparePush(node: EditorNode): void {
	prepareEvents(node);
	for (const name of ['registration', 'answer']) $(control(name)).on('change', showParts);
	showParts();
	suggestAddress();
}
