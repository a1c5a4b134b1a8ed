/** Lines that servers write anew, or that only frame others. */
const OWN_OF_SERVERS = new Set([
	'DTSTAMP',
	'PRODID',
	'LAST-MODIFIED',
	'CREATED',
	'SEQUENCE',
	'REV',
	'VERSION',
	'CALSCALE',
]);

/**
 * Whether a card or event that the NAS has (text of vCard or iCalendar) says what was meant by the one that was written: the same UID, and
 * each line of it, whatever the order, the folds, the spelling and the groups, but for the lines that servers write anew. What stands there
 * besides is the server's. `before`: what was changed; then the lines count that came new, and those that went must be gone.
 */
export function holds(there: string, written: string, before?: string): boolean {
	const found = linesOf(there);
	const meant = linesOf(written);
	if (!sameUids(found, meant)) return false;
	if (before === undefined) return [...meant].every((line) => found.has(line));
	const old = linesOf(before);
	const came = [...meant].filter((line) => !old.has(line));
	const went = [...old].filter((line) => !meant.has(line));
	return came.every((line) => found.has(line)) && !went.some((line) => found.has(line));
}

const uidsOf = (lines: Set<string>): string[] => [...lines].filter((line) => line.startsWith('UID:')).sort();
const sameUids = (one: Set<string>, other: Set<string>): boolean => uidsOf(one).join('\n') === uidsOf(other).join('\n');

/** The lines as they are meant (RFC 5545, 3.1; RFC 6350, 3.2), without those of servers. */
function linesOf(text: string): Set<string> {
	const lines = text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/);
	return new Set(lines.flatMap((line) => plainOf(line) ?? []));
}

/** `item1.EMAIL;TYPE=home,INTERNET:a@example.com` as `EMAIL;TYPE=HOME;TYPE=INTERNET:a@example.com`. */
function plainOf(line: string): string | undefined {
	const match = /^(?:[\w-]+\.)?([\w-]+)((?:;(?:[^":;]|"[^"]*")*)*):(.*)$/s.exec(line);
	if (!match) return line.trim() === '' ? undefined : line;
	const [, name = '', head = '', value = ''] = match;
	const upper = name.toUpperCase();
	if (OWN_OF_SERVERS.has(upper)) return undefined;
	return `${[upper, ...paramsOf(head)].join(';')}:${valueOf(value)}`;
}

/** Each value of a parameter by itself, in one order. A bare one of vCard 2.1 is a type. */
const paramsOf = (head: string): string[] =>
	(head.match(/;(?:[^":;]|"[^"]*")+/g) ?? [])
		.flatMap((one) => {
			const [name = '', values] = one.slice(1).split(/=(.*)/s);
			const all = values === undefined ? [`TYPE=${name}`] : valuesOf(values).map((value) => `${name}=${value}`);
			return all.map((param) => param.toUpperCase());
		})
		.sort();

const valuesOf = (text: string): string[] => (text.match(/"[^"]*"|[^,]+/g) ?? []).map((one) => one.replace(/"/g, ''));

/** Escapes that mean the same, and blanks at the end. */
const valueOf = (text: string): string =>
	text
		.replace(/\\N/g, '\\n')
		.replace(/\\([,;:])/g, '$1')
		.trimEnd();
