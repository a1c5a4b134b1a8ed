import { bareText, isBare, isQuoted, quotedValue } from './call';
import type { ApiInfo } from './dsm';

type Format = ApiInfo['requestFormat'];

/** One value as it goes into a form field (core.md 3.2 for JSON, 3.3 for the rest); undefined: the field is left out. */
export function encodeValue(value: unknown, format: Format): string | undefined {
	if (value === undefined || value === null) return undefined;
	if (isBare(value)) return bareText(value);
	if (isQuoted(value)) return JSON.stringify(quotedValue(value));
	if (format === 'JSON') return JSON.stringify(value);
	if (Array.isArray(value)) return value.map((item) => encodeValue(item, format) ?? '').join(',');
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Form body; spaces as %20, which every decoder of DSM understands (core.md 3.5). */
export function encodeForm(fields: Record<string, string | undefined>): string {
	let form = '';
	for (const name in fields) {
		const value = fields[name];
		if (value !== undefined) form += `${form && '&'}${percent(name)}=${percent(value)}`;
	}
	return form;
}

/** Half of a surrogate pair has no UTF-8: it becomes the replacement character instead of an exception. */
export function percent(text: string): string {
	try {
		return encodeURIComponent(text);
	} catch {
		return encodeURIComponent(text.replace(/[\uD800-\uDFFF]/gu, '\uFFFD'));
	}
}

/** Value inside an entry of SYNO.Entry.Request: real JSON, not text (core.md 9). */
export function plainValue(value: unknown): unknown {
	if (isBare(value)) return bareText(value);
	return isQuoted(value) ? quotedValue(value) : value;
}
