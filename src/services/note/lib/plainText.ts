const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

export const escapeHtml = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A text as the HTML of Note Station: a block for each line. */
export const htmlOfText = (text: string): string =>
	`<div>${escapeHtml(text).replace(/\r\n|\r|\n/g, '</div><div>')}</div>`;

const decoded = (text: string): string =>
	text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
		if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
		const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
		return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
	});

/** What takes a line, and what takes a space, in plain text: the tags behind these, or these themselves. */
const BREAKS = /^<(?:br|hr)\s*\/?>$|^<\/(?:div|p|h[1-6]|li|tr|pre|blockquote)>$/i;
const GAPS = /^<\/t[dh]>$/i;

/** Plain text of a note: a line for each block, checkboxes left out. One pass, whatever the text: others write it. */
export function textOf(html: string): string {
	const seen: string[] = [];
	let at = 0;
	for (let open = html.indexOf('<'); open >= 0; open = html.indexOf('<', at)) {
		const close = html.indexOf('>', open);
		if (close < 0) break;
		const tag = html.slice(open, close + 1);
		seen.push(html.slice(at, open), BREAKS.test(tag) ? '\n' : GAPS.test(tag) ? ' ' : '');
		at = endOfHidden(html, tag, close + 1);
	}
	return decoded(seen.join('') + html.slice(at)).trimEnd();
}

/** Place after what `script` and `style` hold, which is no text; of other tags the given one. */
function endOfHidden(html: string, tag: string, from: number): number {
	const name = /^<(script|style)\b/i.exec(tag)?.[1];
	if (name === undefined) return from;
	const end = new RegExp(`</${name}>`, 'gi');
	end.lastIndex = from;
	// What is hidden to the end hides everything, as in a browser.
	return end.exec(html) ? end.lastIndex : html.length;
}

/** As the web client makes it: the first 80 characters of the plain text (notestation.md 6.1). */
export const briefOf = (html: string): string => textOf(html).slice(0, 80);
