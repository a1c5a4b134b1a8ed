/** Text made safe for HTML, in attributes too. */
export const escapeHtml = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Attributes in the given order; undefined and false are left out. */
export function attributes(values: Record<string, string | boolean | undefined>): string {
	return Object.entries(values)
		.filter(([, value]) => value !== undefined && value !== false)
		.map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escapeHtml(String(value))}"`))
		.join('');
}

/** JSON that may stand in a script element. */
export const scriptJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/** Indents every line but empty ones. */
export const indent = (text: string, by = '\t'): string => text.replace(/^(?=.)/gm, by);

/** A span whose text comes from the message catalogue. */
export const label = (key: string): string => `<span data-i18n="${key}"></span>`;

/** A value as JavaScript writes it: names without quotes where they need none. */
export function scriptLiteral(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(scriptLiteral).join(',')}]`;
	if (typeof value !== 'object' || value === null) return scriptJson(value);
	const entries = Object.entries(value).filter(([, one]) => one !== undefined);
	return `{${entries.map(([name, one]) => `${scriptName(name)}:${scriptLiteral(one)}`).join(',')}}`;
}

const scriptName = (name: string): string => (/^[a-z_$][\w$]*$/i.test(name) ? name : scriptJson(name));
