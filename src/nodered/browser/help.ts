import { element } from './dom';
import { loadHelp } from './request';

/*
 * The editor reads the help of a node type from a script element of the page. That holds a stub with the purpose of the node; when it
 * is first shown, the whole text is fetched and put in its place.
 */

const scriptOf = (type: string): HTMLElement | null => document.querySelector(`script[data-help-name="${type}"]`);

async function complete(stub: HTMLElement): Promise<void> {
	const { help: type = '' } = stub.dataset;
	stub.removeAttribute('data-help');
	try {
		const text = await loadHelp(type);
		scriptOf(type)?.replaceChildren(text);
		// Shown anew only when it is still what the user looks at.
		if (stub.isConnected) RED.sidebar.help.show(type, false);
		unfold();
	} catch (error) {
		stub.replaceChildren(element('p', {}, (error as Error).message));
	}
}

function look(place: Element): void {
	for (const stub of place.querySelectorAll<HTMLElement>('[data-help]')) void complete(stub);
	unfold();
}

/** The operation or event that one works with: its part of the help is unfolded. */
let current: string | undefined;

function unfold(): void {
	const part = current && document.querySelector<HTMLDetailsElement>(`.red-ui-help details[data-entry="${current}"]`);
	if (!part) return;
	part.open = true;
	part.scrollIntoView({ block: 'nearest' });
}

/** Unfolds the help of an operation or event, in the sidebar and whenever it is shown there next. */
export function showEntry(type: string, key: string): void {
	current = `${type}.${key}`;
	unfold();
}

/** Completes help that is shown. The sidebar is there before the nodes are; where it is not, the next selection finds it. */
export function watchHelp(): void {
	let watched: Element | null = null;
	const watch = () => {
		if (watched) return;
		watched = document.querySelector('.red-ui-help');
		if (!watched) return;
		const place = watched;
		new MutationObserver(() => look(place)).observe(place, { childList: true, subtree: true });
		look(place);
	};
	watch();
	RED.events.on('view:selection-changed', watch);
}
