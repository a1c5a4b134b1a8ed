import { isEmpty, PLAIN } from './check';
import type { FieldData, FieldKind, TypedValue, Values } from './data';
import { labelOf, searching } from './pickers';

/** What a field needs to know of the form around it. */
export interface Surroundings {
	/** Id of the operation or event. */
	id: string;
	/** Values may come with the message. */
	message: boolean;
	/** Id of the chosen connection. */
	nas: () => string;
	/** Tab or subflow of the node. */
	z: string;
	/** A fixed word. */
	word: (key: string, values?: Record<string, string>) => string;
}

const BASE: Partial<Record<FieldKind, string>> = {
	text: 'str',
	number: 'num',
	flag: 'bool',
	json: 'json',
	color: 'str',
};
const OPTIONAL_NONE: readonly FieldKind[] = ['flag', 'choice', 'json', 'file'];

const typeName = (type: string | InputType): string => (typeof type === 'string' ? type : type.value);

/** A parameter in an open form: its row, with the editor's typed input in it. */
export class FieldRow {
	readonly #input: Query;
	readonly #area: HTMLTextAreaElement | null;
	/** What the field began with. */
	readonly #start: TypedValue;

	constructor(
		readonly row: HTMLElement,
		readonly field: FieldData,
		readonly around: Surroundings,
		saved: TypedValue | undefined,
	) {
		this.#input = $(row.querySelector('.synoflow-value')!);
		this.#area = row.querySelector('textarea');
		const types = this.#types();
		this.#start = this.#startOf(types, saved);
		const { type, value } = this.#start;
		this.#input.typedInput({ default: type, types });
		if (this.#area) this.#area.value = type === 'str' ? value : '';
		this.#input.typedInput('type', type);
		this.#input.typedInput('value', this.#area && type === 'str' ? '' : value);
		this.#nameControls();
		this.#input.on('change', () => this.#changed());
		this.#changed();
	}

	/** What is in the field; undefined when it is empty. */
	read(): TypedValue | undefined {
		const type = this.#input.typedInput('type');
		const value = this.#area && type === 'str' ? this.#area.value : this.#input.typedInput('value');
		if (type === 'none' || (PLAIN.includes(type) && value === '')) return undefined;
		const label = type === 'pick' ? this.#picked(value) : '';
		return { type, value: String(value), ...(label !== '' && { label }) };
	}

	#types(): (string | InputType)[] {
		const { kind, required, initial = '' } = this.field;
		const none = !required && initial === '' && OPTIONAL_NONE.includes(kind);
		const dynamic = kind === 'file' ? ['flow', 'global'] : ['flow', 'global', 'jsonata', 'env'];
		return [
			...(none ? [{ value: 'none', label: this.around.word('none'), hasValue: false }] : []),
			...this.#ownTypes(),
			...(this.around.message ? ['msg'] : []),
			...dynamic,
			// Last, since the content of a file seldom is what one types.
			...(kind === 'file' ? ['str'] : []),
		];
	}

	#ownTypes(): (string | InputType)[] {
		const { kind, picker, list } = this.field;
		if (picker) return [this.#pickType(), ...(list ? ['json'] : [])];
		if (list && kind !== 'json') return [kind === 'choice' ? this.#choiceType() : this.#listType(), 'json'];
		if (kind === 'choice') return [this.#choiceType()];
		// Its value is in the text area below, since an input of one line loses line breaks.
		if (kind === 'multiline') return [{ value: 'str', label: this.around.word('text'), hasValue: false }];
		if (kind === 'moment') return ['str', 'date'];
		return [BASE[kind] ?? []].flat();
	}

	#choiceType(): InputType {
		const { options = [], list } = this.field;
		const icon = 'fa fa-list-ul';
		return { value: 'choice', label: this.around.word('choice'), icon, options, ...(list && { multiple: true }) };
	}

	/** Values with commas between them; what is no list of plain values is JSON. */
	#listType(): InputType {
		return { value: 'str', label: this.around.word('entries'), icon: 'fa fa-list-ol' };
	}

	#pickType(): InputType {
		const { field, around } = this;
		const { word, id, nas, z } = around;
		const search = searching(
			() => ({ nas: nas(), z, id, field }),
			{
				loading: word('loading'),
				none: word('noChoices'),
				onlyFirst: (count) => word('onlyFirst', { count: String(count) }),
			},
			(text) => this.#say(text),
		);
		return {
			value: 'pick',
			label: word('pick'),
			icon: 'fa fa-list',
			autoComplete: (text, done) => void search(text, done),
			expand() {
				this.input.focus();
				// The whole list, whatever is in the field.
				this.input.autoComplete('instance')._updateCompletions('');
			},
		};
	}

	#startOf(types: (string | InputType)[], saved: TypedValue | undefined): TypedValue {
		if (saved && types.some((type) => typeName(type) === saved.type)) return saved;
		// A text that was typed before the field had a list to pick from stays.
		if (saved?.type === 'str' && this.field.picker) return { ...saved, type: 'pick' };
		const type = typeName(types[0]!);
		return { type, value: type === 'msg' ? 'payload' : (this.field.initial ?? '') };
	}

	/** Name of what is picked, as far as it was seen: in a list, or when the node was saved. */
	#picked(value: string): string {
		const { value: before, label = '' } = this.#start;
		return labelOf(this.around.id, this.field.name, value) ?? (value === before ? label : '');
	}

	#say(text: string): void {
		const line = this.row.querySelector('.synoflow-picked');
		if (line) line.textContent = text;
	}

	#showArea(): void {
		if (this.#area) this.#area.style.display = this.#input.typedInput('type') === 'str' ? '' : 'none';
	}

	#changed(): void {
		this.#showArea();
		this.#say(this.#input.typedInput('type') === 'pick' ? this.#picked(this.#input.typedInput('value')) : '');
	}

	/** The editor's typed input makes controls of its own, which the label does not reach. */
	#nameControls(): void {
		const own = '.red-ui-typedInput-input, .red-ui-typedInput-type-select, .red-ui-typedInput-option-trigger';
		for (const found of this.row.querySelectorAll(own)) found.setAttribute('aria-label', this.field.title);
		this.row.querySelector('label')!.addEventListener('click', () => {
			const all = [...this.row.querySelectorAll<HTMLElement>('input, textarea, button')];
			all.find((control) => control.offsetParent !== null)?.focus();
		});
	}
}

/** Values of an open form, as the node saves them. */
export function readAll(rows: readonly FieldRow[]): Values {
	const values: Values = {};
	for (const row of rows) {
		const value = row.read();
		if (value !== undefined && !isEmpty(value)) values[row.field.name] = value;
	}
	return values;
}
