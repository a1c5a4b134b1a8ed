/** A date and time with its offset from UTC, or one that has none to say. */
const HAS_OFFSET = /(?:Z|[+-]\d{2}:?\d{2})$/i;
const WITHOUT_OFFSET = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?)?$/;

/**
 * What a date field of n8n holds, as the catalogue takes it: milliseconds, or ISO 8601 with an offset.
 * The date picker writes local time of the workflow without an offset; expressions give DateTime objects.
 */
export function momentOf(value: unknown, timeZone: string): string | number | undefined {
	const text = localOf(value);
	if (typeof text !== 'string') return text;
	if (HAS_OFFSET.test(text)) return text;
	const parts = WITHOUT_OFFSET.exec(text);
	return parts
		? new Date(
				zoned(
					parts.slice(1).map((part) => Number(part ?? 0)),
					timeZone,
				),
			).toISOString()
		: text;
}

/** The same where the operation knows the zone of a text without an offset: such a text, and a date alone, goes as it is. */
export function localOf(value: unknown): string | number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	if (typeof value === 'number') return value;
	if (typeof value === 'object') return String((value as { toJSON?: () => unknown }).toJSON?.() ?? value);
	return String(value).trim();
}

/** Milliseconds of a local time in a zone. Asked twice: the first guess may lie on the other side of a change of the clocks. */
function zoned([year = 0, month = 1, day = 1, ...time]: number[], timeZone: string): number {
	const local = Date.UTC(year, month - 1, day, ...time);
	const guess = local - offset(local, timeZone);
	return local - offset(guess, timeZone);
}

/** Milliseconds that a zone is ahead of UTC at a moment. */
function offset(moment: number, timeZone: string): number {
	const name = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
		.formatToParts(moment)
		.find(({ type }) => type === 'timeZoneName')?.value;
	const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(name ?? '') ?? [];
	return sign ? (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000 : 0;
}
