/** Group, name, parameters and value of a line; what stands in quotes is taken as a whole (RFC 5545, 3.1; RFC 6350, 3.3). */
const LINE = /^(?:([\w-]+)\.)?([\w-]+)((?:;[\w-]+(?:=(?:"[^"]*"|[^";:])*)?)*):(.*)$/s;
const PARAMETER = /;([\w-]+)(?:=((?:"[^"]*"|[^";:])*))?/g;
/** Octets of a line before it is folded. */
const LONGEST = 75;

const ESCAPED: Record<string, string> = { n: '\n', N: '\n' };
const unescaped = (value: string): string => value.replace(/\\(.)/gs, (_, one: string) => ESCAPED[one] ?? one);
const escaped = (value: string): string => value.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');

/** One line of an iCalendar or vCard text. */
export class Property {
	constructor(
		/** In small letters. */
		readonly name: string,
		/** As it stands in the text, escapes included. */
		public value: string,
		readonly params = new Map<string, string>(),
		readonly group = '',
	) {}

	/** The value as a text, without its escapes. */
	get text(): string {
		return unescaped(this.value);
	}

	/** Parts of a value with semicolons: `Company;Department`. */
	get parts(): string[] {
		return this.value.split(/(?<!(?<!\\)\\);/).map(unescaped);
	}

	param(name: string): string | undefined {
		return this.params.get(name);
	}

	toString(): string {
		const params = [...this.params].map(([name, value]) => {
			const isQuoted = /[:;,]/.test(value) && !value.startsWith('"');
			return `;${name.toUpperCase()}=${isQuoted ? `"${value}"` : value}`;
		});
		const group = this.group === '' ? '' : `${this.group}.`;
		return folded(`${group}${this.name.toUpperCase()}${params.join('')}:${this.value}`);
	}
}

/** A line of more than 75 octets goes on in the next one, after a blank. */
function folded(line: string): string {
	const lines: string[] = [];
	let [current, size] = ['', 0];
	for (const letter of line) {
		const octets = Buffer.byteLength(letter);
		if (size + octets > LONGEST) {
			lines.push(current);
			[current, size] = [' ', 1];
		}
		current += letter;
		size += octets;
	}
	return [...lines, current].join('\r\n');
}

/** What stands between BEGIN and END. */
export class Component {
	readonly properties: Property[] = [];
	readonly components: Component[] = [];

	/** The name in small letters: `vevent`. */
	constructor(readonly name: string) {}

	first(name: string): Property | undefined {
		return this.properties.find((one) => one.name === name);
	}

	all(name: string): Property[] {
		return this.properties.filter((one) => one.name === name);
	}

	has(name: string): boolean {
		return this.first(name) !== undefined;
	}

	/** Text of the first property of a name; empty when there is none. */
	text(name: string): string {
		return this.first(name)?.text ?? '';
	}

	inner(name: string): Component[] {
		return this.components.filter((one) => one.name === name);
	}

	/** Adds a line with a value that needs no escapes. */
	add(name: string, value: string, params: Record<string, string> = {}): Property {
		const property = new Property(name, value, new Map(Object.entries(params)));
		this.properties.push(property);
		return property;
	}

	/** Writes a text in place of what was there. */
	write(name: string, text: string): void {
		this.drop(name);
		this.add(name, escaped(text));
	}

	drop(...names: string[]): void {
		this.keep(this.properties, (one) => !names.includes(one.name));
	}

	dropInner(wanted: (one: Component) => boolean): void {
		this.keep(this.components, (one) => !wanted(one));
	}

	private keep<T>(list: T[], wanted: (one: T) => boolean): void {
		list.splice(0, list.length, ...list.filter(wanted));
	}

	copy(): Component {
		const made = new Component(this.name);
		for (const { name, value, params, group } of this.properties)
			made.properties.push(new Property(name, value, new Map(params), group));
		made.components.push(...this.components.map((one) => one.copy()));
		return made;
	}

	toString(): string {
		const name = this.name.toUpperCase();
		return [`BEGIN:${name}`, ...this.properties.map(String), ...this.components.map(String), `END:${name}`].join(
			'\r\n',
		);
	}
}

/** Reads an iCalendar or vCard text with one component. Throws an Error for what is none. */
export function parse(text: string): Component {
	const lines = text
		.replace(/^\uFEFF/, '')
		.replace(/(?:\r\n|\n|\r)[ \t]/g, '')
		.split(/\r\n|\n|\r/)
		.filter((line) => line.trim() !== '');
	const open: Component[] = [];
	let root: Component | undefined;
	for (const line of lines) {
		const property = read(line);
		const inner = open.at(-1);
		if (property.name === 'begin') {
			const component = new Component(property.value.trim().toLowerCase());
			if (root && !inner) throw new Error('there is more than one component');
			inner?.components.push(component);
			root ??= component;
			open.push(component);
		} else if (property.name === 'end') {
			if (open.pop()?.name !== property.value.trim().toLowerCase()) throw new Error(`${line} does not fit`);
		} else if (inner) inner.properties.push(property);
		else throw new Error(`${line} stands outside`);
	}
	if (!root || open.length > 0) throw new Error('a component does not end');
	return root;
}

function read(line: string): Property {
	const [, group = '', name, params = '', value = ''] = LINE.exec(line) ?? [];
	if (name === undefined) throw new Error(`"${line}" is no property`);
	const found = new Map<string, string>();
	for (const [, key = '', one] of params.matchAll(PARAMETER)) {
		// A parameter without a name is a type (vCard 2.1).
		if (one === undefined) found.set('type', key);
		else found.set(key.toLowerCase(), /^"[^"]*"$/.test(one) ? one.slice(1, -1) : one);
	}
	return new Property(name.toLowerCase(), value, found, group);
}
