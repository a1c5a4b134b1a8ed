/**
 * Compact JSON with keys in alphabetical order at every depth, as DSM writes it (core.md 1.2). Written by hand because
 * JavaScript puts keys that look like numbers first: `{"10":1,"9":2}` would turn round.
 */
export function dsmJson(value: unknown): string {
	if (typeof value === 'string' || typeof value === 'number') return JSON.stringify(value);
	const plain = hasToJson(value) ? value.toJSON() : value;
	// Integers of 64 bit stand bare in some answers.
	if (typeof plain === 'bigint') return String(plain);
	if (Array.isArray(plain)) return `[${plain.map(dsmJson).join(',')}]`;
	if (typeof plain !== 'object' || plain === null) return JSON.stringify(plain) ?? 'null';
	let members = '';
	// The order of JavaScript's own comparison is by code units, as that of DSM.
	for (const key of Object.keys(plain).sort()) {
		const inner = (plain as Record<string, unknown>)[key];
		if (inner === undefined || typeof inner === 'function') continue;
		members += `${members && ','}${JSON.stringify(key)}:${dsmJson(inner)}`;
	}
	return `{${members}}`;
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
