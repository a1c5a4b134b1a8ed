/**
 * Names in an answer whose shape was not captured: texts, or rows that hold one under one of the keys, wherever they lie in it.
 * Anything else in the answer is passed over.
 */
export function namesIn(data: unknown, keys: readonly string[]): string[] {
	const found = new Set<string>();
	const visit = (value: unknown): void => {
		if (Array.isArray(value)) {
			for (const entry of value as unknown[]) if (typeof entry === 'string') found.add(entry);
			value.forEach(visit);
		} else if (typeof value === 'object' && value !== null) {
			for (const [key, entry] of Object.entries(value)) {
				if (keys.includes(key) && typeof entry === 'string') found.add(entry);
				else visit(entry);
			}
		}
	};
	visit(data);
	return [...found];
}
