import { createHash } from 'node:crypto';
import { pointOf } from './expand';
import { parseIcs, type Component } from './text';

/** Everything of one UID: an event with its exceptions, or a to-do, as one text. */
export interface IcsObject {
	uid: string;
	summary: string;
	/** Line of the file at which it begins. */
	line: number;
	text: string;
}

export interface Refused extends Omit<IcsObject, 'text'> {
	reason: string;
}

interface Block {
	name: string;
	/** Line of its BEGIN, from 1. */
	line: number;
	lines: string[];
}

/**
 * The events and to-dos of an iCalendar file by UID, and those that cannot be read, each with its line. The file is cut into its
 * components first: one that is broken does not take the others with it.
 */
export function partsOf(file: string): { objects: IcsObject[]; refused: Refused[] } {
	const { blocks, broken } = blocksOf(file.replace(/^\uFEFF/, ''));
	const refused: Refused[] = broken.map((block) => ({
		...facts(block),
		reason: `Line ${block.line}: ${block.reason}`,
	}));
	const zones = blocks.filter(({ name }) => name === 'VTIMEZONE').filter((block) => problemOf(block) === undefined);
	const groups = new Map<string, Block[]>();
	for (const block of blocks.filter(({ name }) => name === 'VEVENT' || name === 'VTODO')) {
		const problem = problemOf(block);
		if (problem !== undefined) refused.push({ ...facts(block), reason: `Line ${problem.line}: ${problem.reason}` });
		else {
			const id = `${block.name} ${facts(block).uid}`;
			const group = groups.get(id);
			if (group) group.push(block);
			else groups.set(id, [block]);
		}
	}
	const objects = [...groups.values()].map((group) => ({
		...facts(group[0]!),
		text: wrapped([...zonesOf(group, zones), ...group]),
	}));
	return { objects, refused: refused.sort((a, b) => a.line - b.line) };
}

/** Definitions of the zones that are used. */
const zonesOf = (group: Block[], zones: Block[]): Block[] =>
	zones.filter((zone) => {
		const name = /^TZID[^:]*:(.+)$/im.exec(zone.lines.join('\n'))?.[1]?.trim();
		return (
			name !== undefined &&
			group.some(({ lines }) => lines.some((line) => line.includes(`TZID=${name}`) || line.includes(`TZID="${name}"`)))
		);
	});

const HEAD = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Synoflow//Calendar//EN'];
const wrapped = (blocks: Block[]): string =>
	[
		...HEAD,
		...blocks.flatMap(({ lines, name }) => (name === 'VTIMEZONE' ? lines : withUid(lines))),
		'END:VCALENDAR',
		'',
	].join('\r\n');

/** A component without a UID gets one from its content, so that a second import finds it again. */
function withUid(lines: string[]): string[] {
	if (lines.some((line) => /^UID[:;]/i.test(line))) return lines;
	return [lines[0]!, `UID:${digest(lines)}`, ...lines.slice(1)];
}

const digest = (lines: string[]): string =>
	`${createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 32)}@synoflow`;

function facts({ line, lines }: Block): { uid: string; summary: string; line: number } {
	const text = lines.join('\n').replace(/\n[ \t]/g, '');
	const value = (name: string) => new RegExp(`^${name}(?:;[^:]*)?:(.*)$`, 'im').exec(text)?.[1]?.trim() ?? '';
	const summary = value('SUMMARY')
		.replace(/\\([,;\\])/g, '$1')
		.replace(/\\n/gi, ' ');
	return { uid: value('UID') || digest(lines), summary, line };
}

/** Blocks directly within VCALENDAR; `broken` are those that do not end, or end as something else. */
function blocksOf(file: string): { blocks: Block[]; broken: (Block & { reason: string })[] } {
	const blocks: Block[] = [];
	const broken: (Block & { reason: string })[] = [];
	let open: { block: Block; stack: string[] } | undefined;
	const close = (reason?: string) => {
		if (open && reason !== undefined) broken.push({ ...open.block, reason });
		else if (open) blocks.push(open.block);
		open = undefined;
	};
	for (const [index, line] of file.split(/\r\n|\n|\r/).entries()) {
		const [, edge, rawName = ''] = /^(BEGIN|END):\s*([\w-]+)\s*$/i.exec(line) ?? [];
		const name = rawName.toUpperCase();
		if (edge && /^VCALENDAR$/.test(name)) {
			close(`${open?.block.name} does not end.`);
			continue;
		}
		const isTop = ['VEVENT', 'VTODO', 'VTIMEZONE', 'VJOURNAL', 'VFREEBUSY'].includes(name);
		if (edge?.toUpperCase() === 'BEGIN') {
			if (open && isTop) close(`${open.block.name} does not end.`);
			if (open) open.stack.push(name);
			else open = { block: { name, line: index + 1, lines: [] }, stack: [name] };
		}
		if (line !== '') open?.block.lines.push(line);
		if (edge?.toUpperCase() !== 'END' || !open) continue;
		if (open.stack.pop() !== name) close(`END:${name} does not fit.`);
		else if (open.stack.length === 0) close();
	}
	close(`${open?.block.name} does not end.`);
	return { blocks, broken };
}

/** What is wrong with a component, and where; undefined: nothing. */
function problemOf(block: Block): { line: number; reason: string } | undefined {
	const bad = block.lines.findIndex((line) => !/^[ \t]/.test(line) && !/^[\w-]+(;[^:]*("[^"]*"[^:]*)*)?:/.test(line));
	if (bad >= 0) return { line: block.line + bad, reason: 'This is no property of iCalendar.' };
	if (block.name === 'VTIMEZONE') return undefined;
	try {
		const component = parseIcs(wrapped([block])).getFirstSubcomponent(block.name.toLowerCase());
		return component ? dateProblem(block, component) : { line: block.line, reason: 'It cannot be read.' };
	} catch (error) {
		return { line: block.line, reason: error instanceof Error ? error.message : String(error) };
	}
}

function dateProblem(block: Block, component: Component): { line: number; reason: string } | undefined {
	const lineOf = (name: string) =>
		block.line +
		Math.max(
			0,
			block.lines.findIndex((line) => new RegExp(`^${name}[:;]`, 'i').test(line)),
		);
	if (block.name === 'VEVENT' && !component.hasProperty('dtstart'))
		return { line: block.line, reason: 'The event has no DTSTART.' };
	for (const name of ['dtstart', 'dtend', 'due', 'recurrence-id']) {
		if (!component.hasProperty(name)) continue;
		const at = pointOf(component, name)?.at;
		if (!at?.isValid) return { line: lineOf(name), reason: `${name.toUpperCase()} is no date and time.` };
	}
	return undefined;
}
