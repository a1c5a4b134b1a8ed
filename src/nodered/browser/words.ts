/** Something that looks texts up: a node, or the editor. */
interface Speaker {
	_: (key: string, values?: Record<string, string>) => string;
}

/** The fixed words of all forms stand once, in the message catalogue of the connection: the editor loads each catalogue several times. */
const WORDS = '@synoflow/n8n-nodes-synology/synology-nas:words';

/** A fixed word of the forms, in the language of the editor. */
export const word = (node: Speaker, key: string, values?: Record<string, string>): string =>
	node._(`${WORDS}.${key}`, values);

/** Puts the fixed words into the form that is open: `data-word="name"` as text, `data-word="[placeholder]name"` as attribute. */
export function fillWords(node: Speaker): void {
	for (const element of document.querySelectorAll<HTMLElement>('.synoflow-form [data-word]')) {
		const [, attribute, key = ''] = /^(?:\[(\w+)\])?(\w+)$/.exec(element.dataset['word'] ?? '') ?? [];
		if (attribute === undefined) element.textContent = word(node, key);
		else element.setAttribute(attribute, word(node, key));
	}
}
