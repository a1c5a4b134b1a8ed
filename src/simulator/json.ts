/** Compact JSON with keys in alphabetical order at every depth, as DSM writes it (core.md 1.2). */
export function dsmJson(value: unknown): string {
	return JSON.stringify(sorted(value)) ?? 'null';
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
	return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

/** A parameter value of an API with JSON format: JSON first, else the bare text (core.md 17). */
export function parseValue(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
