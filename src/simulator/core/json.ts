/**
 * Compact JSON with keys in alphabetical order at every depth, as DSM writes it (core.md 1.2). Written by hand because
 * JavaScript puts keys that look like numbers first: `{"10":1,"9":2}` would turn round.
 */
export function dsmJson(value: unknown): string {
	const plain = hasToJson(value) ? value.toJSON() : value;
	// Integers of 64 bit stand bare in some answers.
	if (typeof plain === 'bigint') return String(plain);
	if (Array.isArray(plain)) return `[${plain.map(dsmJson).join(',')}]`;
	if (typeof plain !== 'object' || plain === null) return JSON.stringify(plain) ?? 'null';
	const entries = Object.entries(plain)
		.filter(([, inner]) => inner !== undefined && typeof inner !== 'function')
		.sort(([a], [b]) => (a < b ? -1 : 1));
	return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${dsmJson(inner)}`).join(',')}}`;
}

function hasToJson(value: unknown): value is { toJSON(): unknown } {
	return typeof value === 'object' && value !== null && 'toJSON' in value && typeof value.toJSON === 'function';
}

/** A parameter value of an API with JSON format: JSON first, else the bare text (core.md 17). */
export function parseValue(text: string): unknown {
	// An attempt that fails costs much.
	if (!/^\s*["[{\d-]|^\s*(true|false|null)\b/.test(text)) return text;
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
