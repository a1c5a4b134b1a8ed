import { createHash } from 'node:crypto';
import { folded, linesOf, type Line } from './lines';
import { pointOf } from './points';
import { parseIcs, repairedLine, type Component } from './text';
import { zoneNamed } from './zones';

/** Everything of one UID: an event with its exceptions, or a to-do, as one text. */
export interface IcsObject {
	uid: string;
	summary: string;
	/** Line of the file at which it begins. */
	line: number;
	text: string;
	/** What was put right, with its line; empty: nothing. */
	repairs: readonly string[];
}

export interface Refused extends Omit<IcsObject, 'text' | 'repairs'> {
	reason: string;
}

interface Block {
	name: string;
	lines: Line[];
	/** Zone of its times without one (X-WR-TIMEZONE). */
	zone: string;
	repairs: string[];
}

/**
 * The events and to-dos of an iCalendar file by UID, and those that cannot be read, each with its line. The file is unfolded and cut
 * into its components first: one that is broken does not take the others with it. What is common and has one meaning is put right, and
 * told: days without VALUE=DATE, and times whose zone stands at the head of the file.
 */
export function partsOf(file: string): { objects: IcsObject[]; refused: Refused[] } {
	const { blocks, broken } = blocksOf(linesOf(file.replace(/^\uFEFF/, '')));
	const refused: Refused[] = broken.map((block) => ({
		...facts(block),
		reason: `Line ${block.lines[0]!.line}: ${block.reason}`,
	}));
	const zones = blocks.filter(({ name }) => name === 'VTIMEZONE').filter((block) => problemOf(block, []) === undefined);
	const groups = new Map<string, Block[]>();
	for (const block of blocks.filter(({ name }) => name === 'VEVENT' || name === 'VTODO')) {
		repair(block);
		const problem = problemOf(block, zones);
		if (problem !== undefined) {
			refused.push({ ...facts(block), reason: `Line ${problem.line}: ${problem.reason}` });
			continue;
		}
		const key = `${block.name} ${facts(block).uid}`;
		const group = groups.get(key);
		if (group) group.push(block);
		else groups.set(key, [block]);
	}
	const objects = [...groups.values()].map((group) => ({
		...facts(group[0]!),
		text: wrapped([...zonesOf(group, zones), ...group]),
		repairs: group.flatMap((block) => block.repairs),
	}));
	return { objects, refused: refused.sort((a, b) => a.line - b.line) };
}

const FLOATING =
	/^((?:DTSTART|DTEND|DUE|RECURRENCE-ID|EXDATE|RDATE)(?:;(?!TZID=)[^:;]*)*):(\d{8}T\d{6}(?:[,/][^Z]*)?)$/i;

/** Puts right what has one meaning. */
function repair(block: Block): void {
	const put = (line: Line, text: string, what: string) => {
		block.repairs.push(`Line ${line.line}: ${what}`);
		Object.assign(line, { text, raw: folded(text) });
	};
	for (const line of block.lines) {
		const repaired = repairedLine(line.text);
		if (repaired !== line.text) put(line, repaired, 'a day that was not marked as one (VALUE=DATE).');
		if (block.zone !== '' && FLOATING.test(line.text))
			put(
				line,
				line.text.replace(FLOATING, `$1;TZID=${block.zone}:$2`),
				`a time in the zone of the file, ${block.zone}.`,
			);
	}
}

/** Definitions of the zones that are used. */
const zonesOf = (group: Block[], zones: Block[]): Block[] =>
	zones.filter((zone) => {
		const name = valueOf(zone, 'TZID');
		const isUsed = ({ text }: Line) => text.includes(`TZID=${name}`) || text.includes(`TZID="${name}"`);
		return name !== '' && group.some(({ lines }) => lines.some(isUsed));
	});

const HEAD = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Synoflow//Calendar//EN'];
const wrapped = (blocks: Block[]): string =>
	[...HEAD, ...blocks.flatMap((block) => rawOf(block)), 'END:VCALENDAR', ''].join('\r\n');

/** A component without a UID gets one from its content, so that a second import finds it again. */
function rawOf(block: Block): string[] {
	const raw = block.lines.map((line) => line.raw.replace(/[\r\n]+$/, '').replace(/\r\n|\n|\r/g, '\r\n'));
	if (block.name === 'VTIMEZONE' || block.lines.some(({ text }) => /^UID[:;]/i.test(text))) return raw;
	return [raw[0]!, `UID:${digest(block)}`, ...raw.slice(1)];
}

const digest = ({ lines }: Block): string =>
	`${createHash('sha256')
		.update(lines.map(({ raw }) => raw.replace(/[\r\n]+$/, '').replace(/\r\n|\r/g, '\n')).join('\n'))
		.digest('hex')
		.slice(0, 32)}@synoflow`;

const valueOf = ({ lines }: Block, name: string): string => {
	const pattern = new RegExp(`^${name}(?:;[^:]*)?:(.*)$`, 'i');
	return (
		lines
			.map(({ text }) => pattern.exec(text)?.[1])
			.find((one) => one !== undefined)
			?.trim() ?? ''
	);
};

function facts(block: Block): { uid: string; summary: string; line: number } {
	const summary = valueOf(block, 'SUMMARY')
		.replace(/\\([,;\\])/g, '$1')
		.replace(/\\n/gi, ' ');
	return { uid: valueOf(block, 'UID') || digest(block), summary, line: block.lines[0]!.line };
}

/** Blocks directly within VCALENDAR; `broken` are those that do not end, or end as something else. */
function blocksOf(lines: readonly Line[]): { blocks: Block[]; broken: (Block & { reason: string })[] } {
	const blocks: Block[] = [];
	const broken: (Block & { reason: string })[] = [];
	let open: { block: Block; stack: string[] } | undefined;
	let zone = '';
	const close = (reason?: string) => {
		if (open && reason !== undefined) broken.push({ ...open.block, reason });
		else if (open) blocks.push(open.block);
		open = undefined;
	};
	for (const line of lines) {
		const [, edge, rawName = ''] = /^(BEGIN|END):\s*([\w-]+)\s*$/i.exec(line.text) ?? [];
		const name = rawName.toUpperCase();
		if (edge && /^VCALENDAR$/.test(name)) {
			close(`${open?.block.name} does not end.`);
			zone = '';
			continue;
		}
		const isTop = ['VEVENT', 'VTODO', 'VTIMEZONE', 'VJOURNAL', 'VFREEBUSY'].includes(name);
		if (edge?.toUpperCase() === 'BEGIN') {
			if (open && isTop) close(`${open.block.name} does not end.`);
			if (open) open.stack.push(name);
			else open = { block: { name, lines: [], zone, repairs: [] }, stack: [name] };
		}
		if (open && line.text !== '') open.block.lines.push(line);
		if (!open) zone = zoneNamed(/^X-WR-TIMEZONE(?:;[^:]*)?:(.*)$/i.exec(line.text)?.[1] ?? '')?.name ?? zone;
		if (edge?.toUpperCase() !== 'END' || !open) continue;
		if (open.stack.pop() !== name) close(`END:${name} does not fit.`);
		else if (open.stack.length === 0) close();
	}
	close(`${open?.block.name} does not end.`);
	return { blocks, broken };
}

/** What is wrong with a component, and where; undefined: nothing. */
function problemOf(block: Block, zones: Block[]): { line: number; reason: string } | undefined {
	const bad = block.lines.find(({ text }) => !/^[\w-]+(;[^:]*("[^"]*"[^:]*)*)?:/.test(text));
	if (bad) return { line: bad.line, reason: 'This is no property of iCalendar.' };
	if (block.name === 'VTIMEZONE') return undefined;
	const { line } = block.lines[0]!;
	try {
		const text = wrapped([...zonesOf([block], zones), block]);
		const component = parseIcs(text).getFirstSubcomponent(block.name.toLowerCase());
		return component ? dateProblem(block, component) : { line, reason: 'It cannot be read.' };
	} catch (error) {
		return { line, reason: error instanceof Error ? error.message : String(error) };
	}
}

function dateProblem(block: Block, component: Component): { line: number; reason: string } | undefined {
	const { line } = block.lines[0]!;
	const lineOf = (name: string) =>
		block.lines.find(({ text }) => new RegExp(`^${name}[:;]`, 'i').test(text))?.line ?? line;
	if (block.name === 'VEVENT' && !component.hasProperty('dtstart'))
		return { line, reason: 'The event has no DTSTART.' };
	for (const name of ['dtstart', 'dtend', 'due', 'recurrence-id']) {
		try {
			pointOf(component, name);
		} catch (error) {
			return { line: lineOf(name), reason: error instanceof Error ? error.message : String(error) };
		}
	}
	return undefined;
}
