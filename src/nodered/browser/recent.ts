const MOST = 5;

const place = (type: string): string => `synoflow-recent-${type}`;

/** Operations or events of a node type that were chosen last in this browser, the last one first. */
export function recent(type: string): string[] {
	try {
		return JSON.parse(localStorage.getItem(place(type)) ?? '[]') as string[];
	} catch {
		// Storage is switched off, or holds something else.
		return [];
	}
}

/** Notes that an entry was chosen. */
export function used(type: string, key: string): void {
	try {
		const keys = [key, ...recent(type).filter((one) => one !== key)].slice(0, MOST);
		localStorage.setItem(place(type), JSON.stringify(keys));
	} catch {
		// Nothing is remembered where storage is switched off.
	}
}
