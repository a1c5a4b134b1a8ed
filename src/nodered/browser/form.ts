import { Chooser } from './chooser';
import type { EntryData, Grouped, ServiceTitles, Values } from './data';
import { element } from './dom';
import { FieldRow, readAll, type Surroundings } from './fields';
import { showEntry } from './help';
import { headOf, textOf, type EditorNode } from './node';
import { loadForms, loadTitles } from './request';
import { drawEntry } from './rows';
import { word } from './words';

interface Around extends Pick<Surroundings, 'message' | 'nas'> {
	/** Another operation or event was chosen. */
	changed: (group: string, name: string) => void;
}

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
		readonly around: Around,
	) {
		void this.#load();
	}

	async #load(): Promise<void> {
		const status = element('div', { class: 'synoflow-status', role: 'status' }, this.#word('loading'));
		this.#place.append(status);
		try {
			const { service } = headOf(this.node);
			const [forms, titles] = await Promise.all([loadForms(service), loadTitles(service)]);
			status.remove();
			if (!this.#isOpen) return;
			this.#entries = forms[this.node.type] ?? {};
			this.#choose(titles);
			this.#draw();
		} catch (error) {
			status.textContent = this.#word('noForm', { text: (error as Error).message });
		}
	}

	#choose(titles: ServiceTitles): void {
		const { type } = this.node;
		const changed = (group: string, name: string) => {
			this.around.changed(group, name);
			this.show(group, name);
		};
		const options = { type, titles: titles[type]!, entries: this.#entries!, word: this.#word, changed };
		new Chooser(document.getElementById('synoflow-choose') as HTMLInputElement, options, this.#key);
	}

	get #key(): string {
		return (this.#chosen ?? []).join('.');
	}

	/** Shows the fields of an entry, and the secrets that it takes. */
	show(group: string, name: string): void {
		this.#chosen = [group, name];
		if (this.#entries) this.#draw();
	}

	/** Values of the entry that is shown; those that were saved when its fields never came. */
	read(): Values {
		const drawn = this.#drawn.get(this.#key);
		return drawn ? readAll(drawn.rows) : (this.node.params ?? {});
	}

	close(): void {
		this.#isOpen = false;
	}

	#word = (key: string, values?: Record<string, string>): string => word(this.node, key, values);

	/** Fields are set up when they are first shown. */
	#draw(): void {
		const [group = '', name = ''] = this.#chosen ?? [];
		const key = this.#key;
		const entry = this.#entries?.[group]?.[name];
		for (const { block } of this.#drawn.values()) block.style.display = 'none';
		this.#showSecrets(entry);
		if (!entry) return;
		const drawn = this.#drawn.get(key) ?? this.#make(key, entry, idOf(headOf(this.node).service, group, name));
		drawn.block.style.display = '';
		showEntry(this.node.type, key);
	}

	#make(key: string, entry: EntryData, id: string) {
		const block = drawEntry(key, entry, this.#word);
		this.#place.append(block);
		const around = { ...this.around, id, z: textOf(this.node['z']), word: this.#word };
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
		for (const row of document.querySelectorAll<HTMLElement>('.synoflow-secret')) {
			const field = entry?.fields.find(({ kind, name }) => kind === 'secret' && name === row.dataset['field']);
			row.style.display = field ? '' : 'none';
			row.querySelector('label')!.textContent = field?.title ?? '';
			row.querySelector('.synoflow-help')!.textContent = field?.description ?? '';
		}
	}
}
