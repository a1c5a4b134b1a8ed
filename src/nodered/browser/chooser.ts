import type { EntryData, Grouped, NodeTitles } from './data';
import { element } from './dom';
import { recent, used } from './recent';

/** One operation or event in the list. */
interface Choice {
	/** "message.send" */
	key: string;
	group: string;
	title: string;
	summary: string;
	/** All that is searched, in small letters; the title first. */
	text: string;
}

interface Section {
	title: string;
	choices: Choice[];
}

interface Options {
	type: string;
	titles: NodeTitles;
	entries: Grouped<EntryData>;
	/** A fixed word. */
	word: (key: string) => string;
	changed: (group: string, name: string) => void;
}

const choicesOf = ({ titles, entries }: Options): Choice[] =>
	Object.entries(titles.entries).flatMap(([group, names]) =>
		Object.entries(names).map(([name, title]) => {
			const { summary = '', search = '' } = entries[group]?.[name] ?? {};
			const text = [title, titles.groups[group], summary, search].join('\n').toLowerCase();
			return { key: `${group}.${name}`, group, title, summary, text };
		}),
	);

/** How well a choice fits: titles before summaries and names of calls; nothing when a word is missing. */
function rank({ title, text }: Choice, words: readonly string[]): number | undefined {
	if (!words.every((word) => text.includes(word))) return undefined;
	const small = title.toLowerCase();
	if (small.startsWith(words.join(' '))) return 0;
	return words.every((word) => small.includes(word)) ? 1 : 2;
}

/** Choices that hold all words, the best first. */
export function found<C extends Choice>(choices: readonly C[], query: string): C[] {
	const words = query.toLowerCase().split(/\s+/).filter(Boolean);
	const ranked = choices.flatMap((choice) => {
		const at = rank(choice, words);
		return at === undefined ? [] : [{ choice, at }];
	});
	return ranked.sort((one, other) => one.at - other.at).map(({ choice }) => choice);
}

const optionId = (at: number): string => `synoflow-choice-${at}`;

/**
 * The list of all operations or events of a node with a search in it: a combobox as the ARIA practices describe it. Arrow keys move,
 * Enter takes, Escape leaves everything as it was.
 */
export class Chooser {
	readonly #choices: Choice[];
	readonly #list: HTMLElement;
	#options: HTMLElement[] = [];
	#active = -1;
	#chosen: Choice | undefined;

	constructor(
		readonly input: HTMLInputElement,
		readonly options: Options,
		key: string,
	) {
		this.#choices = choicesOf(options);
		this.#list = element('div', { class: 'synoflow-choices', id: 'synoflow-choices', role: 'listbox' });
		this.#list.style.display = 'none';
		input.after(this.#list);
		input.addEventListener('focus', () => this.#open());
		input.addEventListener('click', () => this.#open());
		input.addEventListener('input', () => this.#fill(input.value));
		input.addEventListener('keydown', (event) => this.#pressed(event));
		input.addEventListener('blur', () => this.#close());
		// The list must not take the focus from the input.
		this.#list.addEventListener('mousedown', (event) => event.preventDefault());
		this.#list.addEventListener('click', (event) => {
			const option = (event.target as HTMLElement).closest<HTMLElement>('[role=option]');
			if (option) this.#take(option.dataset['key']);
		});
		this.#chosen = this.#choices.find((choice) => choice.key === key);
		this.#name();
	}

	get #isOpen(): boolean {
		return this.input.getAttribute('aria-expanded') === 'true';
	}

	#name(): void {
		this.input.value = this.#chosen?.title ?? '';
	}

	#open(): void {
		if (this.#isOpen) return;
		this.input.setAttribute('aria-expanded', 'true');
		this.#list.style.display = '';
		this.input.select();
		this.#fill('');
		this.#move(this.#options.findIndex(({ dataset }) => dataset['key'] === this.#chosen?.key));
	}

	#close(): void {
		this.input.setAttribute('aria-expanded', 'false');
		this.input.removeAttribute('aria-activedescendant');
		this.#list.style.display = 'none';
		this.#name();
	}

	#take(key: string | undefined): void {
		const choice = this.#choices.find((one) => one.key === key);
		if (choice) {
			this.#chosen = choice;
			const [group = '', name = ''] = choice.key.split('.');
			used(this.options.type, choice.key);
			this.options.changed(group, name);
		}
		this.#close();
	}

	/** Without a search: what was used last, then all by what they work with. */
	#sections(query: string): Section[] {
		const { type, titles, word } = this.options;
		if (query.trim() !== '') return [{ title: '', choices: found(this.#choices, query) }];
		const last = recent(type).flatMap((key) => this.#choices.find((choice) => choice.key === key) ?? []);
		const groups = Object.entries(titles.groups).map(([group, title]) => ({
			title: Object.keys(titles.groups).length > 1 ? title : '',
			choices: this.#choices.filter((choice) => choice.group === group),
		}));
		return [{ title: word('recent'), choices: last }, ...groups].filter(({ choices }) => choices.length > 0);
	}

	#fill(query: string): void {
		const sections = this.#sections(query);
		const isSearch = query.trim() !== '';
		let at = 0;
		const parts = sections.map(({ title, choices }) => {
			const options = choices.map((choice) => this.#option(choice, at++, isSearch));
			const heading = title === '' ? undefined : element('div', { class: 'synoflow-choices-title' }, title);
			return element('div', { role: 'group', 'aria-label': title || undefined }, heading, ...options);
		});
		if (at === 0) parts.push(element('div', { role: 'status' }, this.options.word('noChoices')));
		this.#list.replaceChildren(...parts);
		this.#options = [...this.#list.querySelectorAll<HTMLElement>('[role=option]')];
		this.#move(isSearch ? 0 : -1);
	}

	#option({ key, group, title, summary }: Choice, at: number, isSearch: boolean): HTMLElement {
		const { titles } = this.options;
		const where = isSearch && Object.keys(titles.groups).length > 1 ? `${titles.groups[group]} · ` : '';
		return element(
			'div',
			{ role: 'option', id: optionId(at), 'data-key': key, 'aria-selected': String(key === this.#chosen?.key) },
			element('div', {}, title),
			element('div', { class: 'synoflow-choice-summary' }, `${where}${summary}`),
		);
	}

	#move(to: number): void {
		this.#options[this.#active]?.classList.remove('synoflow-active');
		this.#active = Math.min(to, this.#options.length - 1);
		const option = this.#options[this.#active];
		if (!option) return this.input.removeAttribute('aria-activedescendant');
		option.classList.add('synoflow-active');
		option.scrollIntoView({ block: 'nearest' });
		this.input.setAttribute('aria-activedescendant', option.id);
	}

	#pressed(event: KeyboardEvent): void {
		const { key } = event;
		if (!this.#isOpen) {
			if (key === 'ArrowDown' || key === 'ArrowUp') this.#open();
			return;
		}
		const moves: Record<string, number> = {
			ArrowDown: this.#active + 1,
			ArrowUp: this.#active - 1,
			PageDown: this.#active + 8,
			PageUp: this.#active - 8,
		};
		if (moves[key] !== undefined) this.#move(Math.max(0, moves[key]));
		else if (key === 'Enter') this.#take(this.#options[this.#active]?.dataset['key']);
		else if (key === 'Escape') this.#close();
		else return;
		// The dialog would close on Enter and Escape.
		event.preventDefault();
		event.stopPropagation();
	}
}
