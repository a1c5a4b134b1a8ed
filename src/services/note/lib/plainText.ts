const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

export const escapeHtml = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const decoded = (text: string): string =>
	text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
		if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
		const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
		return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
	});

/** Plain text of a note: a line for each block, checkboxes left out. */
export function textOf(html: string): string {
	const broken = html
		.replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, '')
		.replace(/<(?:br|hr)\s*\/?>|<\/(?:div|p|h[1-6]|li|tr|pre|blockquote)>/gi, '\n')
		.replace(/<\/t[dh]>/gi, ' ')
		.replace(/<[^>]*>/g, '');
	return decoded(broken).trimEnd();
}

/** As the web client makes it: the first 80 characters of the plain text (notestation.md 6.1). */
export const briefOf = (html: string): string => textOf(html).slice(0, 80);
