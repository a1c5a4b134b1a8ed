import { tagsIn } from '../../../core/markup';

/** An element that is open. */
interface Frame {
	name: string;
	style: string;
	/** What it makes of the place of a text: `h2`, `li`, `r0c1`. */
	place: string;
	/** Items or rows so far. */
	count: number;
	/** Level of a line of a checklist. */
	task?: number;
	/** Of a link. */
	href: string;
}

const BLOCK = /^(?:div|p|ul|ol|li|table|thead|tbody|tfoot|tr|td|th|pre|blockquote|h[1-6]|hr)$/;
const VOID = /^(?:br|hr|img|input|col)$/;
const STYLES: Record<string, string> = {
	b: 'b',
	strong: 'b',
	i: 'i',
	em: 'i',
	s: 's',
	del: 's',
	strike: 's',
	code: 'code',
};
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#10': '\n', '#39': "'" };

const decoded = (text: string): string => text.replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
const attributeOf = (tag: string, name: string): string =>
	decoded(new RegExp(`\\s${name}\\s*=\\s*"([^"]*)"`, 'i').exec(tag)?.[1] ?? '');

/**
 * What a reader sees of HTML: each character with its look and its place (heading, item, cell), lines apart. Two notes with the same
 * outline say the same in the same form. Written for well-formed HTML, as Note Station and cmark-gfm write it.
 */
export function outlineOf(html: string): string[] {
	const seen = new Outline();
	let at = 0;
	// A table without a head has an empty one in Markdown.
	html = html.replace(/<thead>\s*<tr>(?:\s*<th[^<>]*><\/th>)+\s*<\/tr>\s*<\/thead>/g, '');
	for (const { from, to } of tagsIn(html)) {
		seen.text(decoded(html.slice(at, from)));
		seen.tag(html.slice(from, to));
		at = to;
	}
	seen.text(decoded(html.slice(at)));
	return withoutBareLinks(seen.units);
}

class Outline {
	readonly units: string[] = [];
	readonly #open: Frame[] = [];
	#gap: '' | ' ' | '\n' = '';
	#tables = 0;

	text(text: string): void {
		const isPre = this.#open.some(({ name }) => name === 'pre');
		for (const character of isPre ? text.replace(/\n$/, '') : text) {
			if (isPre && character === '\n') this.#put('↵');
			else if (/\s/.test(character)) this.#gap ||= /^[☐☑]/.test(this.units.at(-1) ?? '') ? '' : ' ';
			else this.#put(character);
		}
	}

	tag(tag: string): void {
		const name = /^<\/?([a-z\d]+)/i.exec(tag)?.[1]?.toLowerCase() ?? '';
		if (BLOCK.test(name) || name === 'br') this.#gap = '\n';
		if (tag.startsWith('</')) {
			while (this.#open.length > 0 && this.#open.pop()!.name !== name);
		} else if (VOID.test(name)) this.#single(name, tag);
		else this.#open.push(this.#frameOf(name, tag));
	}

	#single(name: string, tag: string): void {
		if (name === 'hr') this.#put('―');
		if (name === 'img') this.#put(`img:${decodeURIComponent(attributeOf(tag, 'ref') || attributeOf(tag, 'src'))}`);
		if (name !== 'input') return;
		const line = this.#open.findLast((frame) => frame.name === 'li' || frame.name === 'div');
		const lists = this.#open.filter((frame) => /^[uo]l$/.test(frame.name)).length;
		if (line)
			line.task = lists > 0 ? lists - 1 : Math.round(Number(/padding-left:\s*(\d+)/.exec(line.style)?.[1] ?? 0) / 30);
		this.#put(/checkbox-checked|checked=""/.test(tag) ? '☑' : '☐');
	}

	#frameOf(name: string, tag: string): Frame {
		const style = attributeOf(tag, 'style');
		return {
			...{ name, style, place: this.#placeOf(name, tag, style), count: Number(attributeOf(tag, 'start') || 1) },
			href: addressOf(attributeOf(tag, 'href')),
		};
	}

	#placeOf(name: string, tag: string, style: string): string {
		const list = this.#open.findLast((frame) => /^[uo]l$/.test(frame.name));
		if (name === 'li' && list) return list.name === 'ol' ? `li${list.count++}` : 'li';
		if (name === 'table') return `table${this.#tables++}`;
		const table = this.#open.findLast((frame) => frame.name === 'table');
		if (name === 'tr' && table) return `r${table.count++}`;
		if (name === 'td' || name === 'th') {
			const row = this.#open.at(-1)!;
			return `c${row.count++}x${attributeOf(tag, 'colspan') || 1}y${attributeOf(tag, 'rowspan') || 1}`;
		}
		if (/^(?:div|p)$/.test(name)) return /text-align:[^;]*/.exec(style)?.[0] ?? '';
		return /^(?:h[1-6]|pre|blockquote)$/.test(name) ? name : '';
	}

	#put(unit: string): void {
		if (this.units.length > 0 && this.#gap !== '') this.units.push(this.#gap);
		this.#gap = '';
		const isPre = this.#open.some(({ name }) => name === 'pre');
		const looks = isPre ? [] : this.#open.flatMap((frame) => lookOf(frame));
		const task = this.#open.findLast((frame) => frame.task !== undefined)?.task;
		const lists = this.#open.filter(({ name }) => /^[uo]l$/.test(name)).length;
		// A list within a list is a child of the item for some, of the list for Note Station.
		const item = task === undefined ? this.#open.findLast(({ name }) => name === 'li') : undefined;
		const places = this.#open.flatMap((frame) => (frame.name === 'li' && frame !== item ? [] : frame.place || []));
		const where = [...places, task !== undefined ? `task${task}` : lists > 0 ? `depth${lists}` : ''].filter(
			(place) => place !== '',
		);
		this.units.push(`${unit}\t${[...new Set(looks)].sort().join(' ')}\t${where.join('/')}`);
	}
}

const lookOf = ({ name, style, href }: Frame): string[] => {
	if (name === 'th') return ['b'];
	if (name === 'u' || name === 'sub' || name === 'sup') return [name];
	if (STYLES[name]) return [STYLES[name]];
	if (name === 'a') return [`a:${href}`];
	if (name !== 'span') return [];
	if (/line-through/.test(style)) return ['s'];
	if (/mono/.test(style)) return ['code'];
	return style === '' ? [] : [style.replace(/[\s;]/g, '')];
};

function addressOf(href: string): string {
	try {
		return decodeURI(href).replace(/\s/g, '%20');
	} catch {
		return href;
	}
}

/** An address that is the text of its own link is none: readers of Markdown make such links by themselves. */
function withoutBareLinks(units: string[]): string[] {
	const out = [...units];
	const linkOf = (unit: string | undefined) => / ?(a:\S+)/.exec(unit?.split('\t')[1] ?? '')?.[1];
	for (let from = 0; from < out.length; from++) {
		const link = linkOf(out[from]);
		if (link === undefined) continue;
		let to = from;
		while (to + 1 < out.length && linkOf(out[to + 1]) === link) to += 1;
		const text = out
			.slice(from, to + 1)
			.map((unit) => unit.split('\t')[0])
			.join('');
		if (`a:${addressOf(text)}` === link || link === `a:mailto:${text}` || link === `a:http://${text}`)
			for (let at = from; at <= to; at++) out[at] = out[at]!.replace(link, '').replace(/\t +| +\t/g, '\t');
		from = to;
	}
	return out;
}
