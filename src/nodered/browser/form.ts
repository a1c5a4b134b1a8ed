import type { EntryData, Grouped, NodeHead, Values } from './data';
import { element } from './dom';
import { FieldRow, readAll, type Surroundings } from './fields';
import type { EditorNode } from './node';
import { loadForms } from './request';
import { drawEntry } from './rows';
import { word } from './words';

/** Id of an operation or event: `chat.message.send`, `chat.messageReceived`. */
const idOf = (service: string, group: string, name: string): string =>
	group === 'trigger' ? `${service}.${name}` : `${service}.${group}.${name}`;

/** The open form of a node: the fields of the chosen operation or event, drawn as soon as they are there. */
export class Form {
	readonly #place = document.querySelector<HTMLElement>('.synoflow-entries')!;
	readonly #drawn = new Map<string, { block: HTMLElement; rows: FieldRow[] }>();
	#entries: Grouped<EntryData> | undefined;
	#chosen: [group: string, name: string] | undefined;
	#isOpen = true;

	constructor(
		readonly node: EditorNode,
		readonly head: NodeHead,
		readonly around: Pick<Surroundings, 'message' | 'nas'>,
	) {
		void this.#load();
	}

	async #load(): Promise<void> {
		const status = element('div', { class: 'synoflow-status', role: 'status' }, this.#word('loading'));
		this.#place.append(status);
		try {
			const forms = await loadForms(this.head.service);
			this.#entries = forms[this.head.type] ?? {};
			status.remove();
			if (this.#isOpen) this.#draw();
		} catch (error) {
			status.textContent = this.#word('noForm', { text: (error as Error).message });
		}
	}

	/** Shows the fields of an entry, and the secrets that it takes. */
	show(group: string, name: string): void {
		this.#chosen = [group, name];
		if (this.#entries) this.#draw();
	}

	/** Values of the entry that is shown; those that were saved when its fields never came. */
	read(): Values {
		const [group, name] = this.#chosen ?? [];
		const drawn = this.#drawn.get(`${group}.${name}`);
		return drawn ? readAll(drawn.rows) : (this.node.params ?? {});
	}

	close(): void {
		this.#isOpen = false;
	}

	#word = (key: string, values?: Record<string, string>): string => word(this.node, key, values);

	/** Fields are set up when they are first shown. */
	#draw(): void {
		const [group = '', name = ''] = this.#chosen ?? [];
		const key = `${group}.${name}`;
		const entry = this.#entries?.[group]?.[name];
		for (const { block } of this.#drawn.values()) block.style.display = 'none';
		this.#showSecrets(entry);
		if (!entry) return;
		const drawn = this.#drawn.get(key) ?? this.#make(key, entry, idOf(this.head.service, group, name));
		drawn.block.style.display = '';
	}

	#make(key: string, entry: EntryData, id: string) {
		const block = drawEntry(key, entry, this.#word('options'));
		this.#place.append(block);
		const around = { ...this.around, id, word: this.#word };
		const rows = entry.fields
			.filter(({ kind }) => kind !== 'secret')
			.map((field) => {
				const row = block.querySelector<HTMLElement>(`.synoflow-row[data-field="${field.name}"]`)!;
				return new FieldRow(row, field, around, this.node.params?.[field.name]);
			});
		const made = { block, rows };
		this.#drawn.set(key, made);
		return made;
	}

	/** Secrets are credentials of the node, with a row each that the editor fills. */
	#showSecrets(entry: EntryData | undefined): void {
		const names = (entry?.fields ?? []).filter(({ kind }) => kind === 'secret').map(({ name }) => name);
		for (const row of document.querySelectorAll<HTMLElement>('.synoflow-secret'))
			row.style.display = names.includes(row.dataset['field'] ?? '') ? '' : 'none';
	}
}
