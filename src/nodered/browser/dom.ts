type Attributes = Record<string, string | undefined>;

/** An element with attributes and content; an undefined attribute or child is left out. */
export function element<K extends keyof HTMLElementTagNameMap>(
	tag: K,
	attributes: Attributes = {},
	...children: (Node | string | undefined)[]
): HTMLElementTagNameMap[K] {
	const made = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(name, value);
	made.append(...children.filter((child) => child !== undefined));
	return made;
}

/** The input, select or text area of a property of the edited node. */
export const control = (name: string, prefix = 'node-input'): HTMLInputElement =>
	document.getElementById(`${prefix}-${name}`) as HTMLInputElement;

/** Shows or hides every element that a selector finds. */
export function toggle(selector: string, isShown: boolean): void {
	for (const found of document.querySelectorAll<HTMLElement>(selector)) found.style.display = isShown ? '' : 'none';
}

/** Fills a select; gives the value that is chosen then: the wanted one if it is among them, else the first. */
export function fillSelect(select: HTMLElement, options: { value: string; label: string }[], wanted: string): string {
	select.replaceChildren(...options.map(({ value, label }) => element('option', { value }, label)));
	const chosen = options.some(({ value }) => value === wanted) ? wanted : (options[0]?.value ?? '');
	(select as HTMLSelectElement).value = chosen;
	return chosen;
}
