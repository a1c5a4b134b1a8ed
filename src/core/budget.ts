import { DsmInputError, DsmProtocolError, type DsmError, type ErrorDetails } from './errors';

interface Budget {
	most: number;
	unit: string;
	/** What is too much of it, as the beginning of a sentence. */
	subject: string;
	hint: string;
}

const KEEP_SMALLER = 'Give a smaller one, or split it.';
const NOT_DSM = 'No NAS answers like this: a proxy, another program or a fault of the package may be behind it.';

/**
 * What this client spends at most on what others wrote: answers, files, texts, patterns. Each bound is far above what a NAS or a person
 * needs. Reaching one is an error that names it, never a shorter answer, since what is missing would count as gone.
 */
export const BUDGETS = {
	answer: { most: 64 << 20, unit: 'bytes', subject: 'The answer of the NAS is too large', hint: NOT_DSM },
	davAnswer: { most: 128 << 20, unit: 'bytes', subject: 'The answer over DAV is too large', hint: NOT_DSM },
	/** Of the NAS beside the Web API, and of QuickConnect. */
	page: { most: 1 << 20, unit: 'bytes', subject: 'The page is too large', hint: NOT_DSM },
	calendarFile: {
		most: 50_000_000,
		unit: 'bytes',
		subject: 'The file is too large for a calendar',
		hint: KEEP_SMALLER,
	},
	/** Answers of DSM have about twenty levels; what is deeper would exhaust the stack of whoever walks it. */
	answerDepth: { most: 500, unit: 'levels', subject: 'The answer nests deeper than any answer of DSM', hint: NOT_DSM },
	/** What could be an error in place of a file. */
	errorAnswer: { most: 1 << 16, unit: 'bytes', subject: 'The answer is too large for an error', hint: NOT_DSM },
	/** What the page of DSM says to the sign-in on loopback. */
	signInMessage: { most: 1 << 14, unit: 'bytes', subject: 'The answer of the sign-in is too large', hint: NOT_DSM },
	/** Of a parameter: a name, an address, words to look for. */
	line: {
		most: 20_000,
		unit: 'characters',
		subject: 'The text is too long for its field',
		hint: 'Give a shorter one.',
	},
	/** Of a parameter of several lines, of a list that is written as text, and of JSON. */
	text: {
		most: 200_000,
		unit: 'characters',
		subject: 'The text is too long for its field',
		hint: KEEP_SMALLER,
	},
	note: {
		most: 1_000_000,
		unit: 'characters',
		subject: 'The text is too long for a note',
		hint: 'Split it, or attach it as a file.',
	},
	/** Of a file whose content is a parameter. */
	fileText: {
		most: 10_000_000,
		unit: 'characters',
		subject: 'The text is too long for a parameter',
		hint: 'Give it as a file.',
	},
	/** Values of a list. */
	entries: { most: 10_000, unit: 'entries', subject: 'The list is too long', hint: 'Give fewer at a time.' },
	/** Numbers and addresses of one kind of a contact. */
	cardEntries: { most: 500, unit: 'entries', subject: 'The contact has too many of them', hint: 'Give fewer.' },
	/** Lines of one card; the largest that are known have some hundred. */
	cardLines: { most: 10_000, unit: 'lines', subject: 'The card has too many lines', hint: KEEP_SMALLER },
	/** Keys of certificates have some thousand. */
	secret: {
		most: 20_000,
		unit: 'characters',
		subject: 'A password, key or token is too long',
		hint: 'Check whether another text was put in its place.',
	},
	/** What a trigger of File Station remembers: some megabytes. */
	watchedFiles: {
		most: 200_000,
		unit: 'entries',
		subject: 'There are too many files and folders to watch',
		hint: 'Watch a folder further down, or set a pattern for the names.',
	},
	/** What a trigger of Drive remembers: about 100 bytes for each. */
	watchedTree: {
		most: 50_000,
		unit: 'entries',
		subject: 'There are too many files and folders to watch',
		hint: 'Watch a folder below it, or leave its subfolders out.',
	},
	/** Of the file of an event as a Buffer; a larger one comes as a stream. */
	eventBuffer: {
		most: 100 * 1_048_576,
		unit: 'bytes',
		subject: 'The file is too large for a Buffer',
		hint: 'Take it as a stream.',
	},
	/** Of a list to choose from that a host draws all at once; its first entry says so where there are more. */
	choices: { most: 1000, unit: 'entries', subject: 'The list is too long to choose from', hint: 'Name it by an ID.' },
	pathText: {
		most: 1_000_000,
		unit: 'characters',
		subject: 'The paths are too long',
		hint: 'Give fewer at a time.',
	},
	paths: { most: 10_000, unit: 'paths', subject: 'Too many paths are named', hint: 'Give fewer at a time.' },
	depth: { most: 200, unit: 'levels', subject: 'What came is nested too deeply', hint: NOT_DSM },
	elements: { most: 2_000_000, unit: 'elements', subject: 'The XML of the NAS holds too much', hint: NOT_DSM },
	noteElements: {
		most: 20_000,
		unit: 'elements',
		subject: 'The note holds too much to become Markdown',
		hint: 'Read it with the format HTML or text.',
	},
	rows: { most: 1_000_000, unit: 'rows', subject: 'A list of the NAS does not end', hint: 'Narrow the list down.' },
	calls: {
		most: 50_000,
		unit: 'calls',
		subject: 'The work does not come to an end',
		hint: 'Narrow it down; where it is little, the NAS or a proxy repeats the same answers again and again.',
	},
	call: { most: 1 << 19, unit: 'bytes', subject: 'A call of the NAS is too large', hint: KEEP_SMALLER },
	posts: {
		most: 50,
		unit: 'messages',
		subject: 'The text would become too many messages',
		hint: 'Send it as a file instead.',
	},
	message: {
		most: 100_000,
		unit: 'characters',
		subject: 'The message is too long',
		hint: 'Send it as a file instead.',
	},
	pattern: {
		most: 10_000,
		unit: 'characters',
		subject: 'The patterns are too long',
		hint: 'Name fewer of them; one star often stands for many.',
	},
	formFields: { most: 1000, unit: 'fields', subject: 'The form has too many fields', hint: KEEP_SMALLER },
	/** Of a thread of its own, which holds up nobody. */
	conversion: {
		most: 5000,
		unit: 'milliseconds',
		subject: 'The text takes too long to read',
		hint: 'Give a shorter one, or split it. Thousands of brackets that are not closed take that long, for example.',
	},
	/** Paragraphs, items, cells and words of Markdown: each takes some hundred bytes of memory. */
	pieces: { most: 400_000, unit: 'pieces', subject: 'The text has too many pieces', hint: KEEP_SMALLER },
	/** Where there are no threads: what takes longest holds up the program for some seconds. */
	conversionHere: {
		most: 1_000_000,
		unit: 'characters',
		subject: 'The text is too long to be converted here',
		hint: KEEP_SMALLER,
	},
	/** Of one card that the NAS keeps. */
	card: {
		most: 1000,
		unit: 'milliseconds',
		subject: 'A card takes too long to read',
		hint: 'Look at the contact in a browser; its card holds something very long.',
	},
	matching: {
		most: 1000,
		unit: 'milliseconds',
		subject: 'The regular expression takes too long',
		hint: 'Avoid repetitions inside repetitions, like (a+)+, and alternatives that begin alike inside them.',
	},
	recurrence: {
		most: 500_000,
		unit: 'steps',
		subject: 'The recurrence rule takes too long',
		hint: 'Shorten the span of time, or give the event a rule that fits more often.',
	},
} as const satisfies Record<string, Budget>;

export type BudgetName = keyof typeof BUDGETS;

/** The error of a budget that is spent; with `path` the fault of a parameter, otherwise of what the NAS answered. */
export function overBudget(name: BudgetName, needed?: number, details: ErrorDetails = {}): DsmError {
	const { most, unit, subject, hint } = BUDGETS[name];
	const figures = needed === undefined ? `at most ${most} ${unit}` : `${needed} ${unit}, at most ${most}`;
	const Kind = details.path ? DsmInputError : DsmProtocolError;
	return new Kind(`${subject}: ${figures} (budget "${name}").`, { hint, budget: name, ...details });
}

/** Throws `overBudget` where more is needed than there is. */
export function keepBudget(name: BudgetName, needed: number, details?: ErrorDetails): void {
	if (needed > BUDGETS[name].most) throw overBudget(name, needed, details);
}

/** Counts the work on one thing: rows, elements, milliseconds. Throws once more was spent than the budget holds. */
export class Meter {
	spent = 0;

	constructor(
		readonly name: BudgetName,
		readonly details: ErrorDetails = {},
		readonly most: number = BUDGETS[name].most,
	) {}

	/** Of what only ever rises: the amount of one more step. */
	spend(amount = 1): void {
		this.spent += amount;
		if (this.spent > this.most) throw overBudget(this.name, undefined, this.details);
	}
}
