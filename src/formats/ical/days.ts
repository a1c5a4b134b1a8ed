/** Days and wall clocks as numbers: days since 1970-01-01 of the Gregorian calendar, walls as seconds as if the clock showed UTC. */

export const DAY = 86_400;

/** Days since 1970-01-01; months beyond 1 to 12 run into other years. */
export function dayNumber(year: number, month: number, date: number): number {
	const months = year * 12 + month - 1;
	const [y, m] = [Math.floor(months / 12), months - 12 * Math.floor(months / 12) + 1];
	const shifted = m > 2 ? y : y - 1;
	const era = Math.floor(shifted / 400);
	const yearOfEra = shifted - era * 400;
	const dayOfYear = Math.floor((153 * (m > 2 ? m - 3 : m + 9) + 2) / 5) + date - 1;
	return (
		era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
	);
}

export interface Civil {
	year: number;
	/** 1 to 12. */
	month: number;
	date: number;
}

/** The date of a day number. */
export function civilOf(day: number): Civil {
	const shifted = day + 719_468;
	const era = Math.floor(shifted / 146_097);
	const dayOfEra = shifted - era * 146_097;
	const yearOfEra = Math.floor(
		(dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
	);
	const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
	const part = Math.floor((5 * dayOfYear + 2) / 153);
	const month = part < 10 ? part + 3 : part - 9;
	const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
	return { year, month, date: dayOfYear - Math.floor((153 * part + 2) / 5) + 1 };
}

/** 0 is Monday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** The wall clock of a basic text, `20260704T100000` or `20260704`, with or without Z; undefined: it is none. */
export function wallOf(text: string): { wall: number; isDate: boolean; isUtc: boolean } | undefined {
	const match = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/i.exec(text.trim());
	if (!match) return undefined;
	const [year, month, date, hour = 0, minute = 0, second = 0] = match
		.slice(1, 7)
		.map((one: string | undefined) => Number(one ?? 0)) as [number, number, number, number, number, number];
	const day = dayNumber(year, month, 1);
	const isReal = month >= 1 && month <= 12 && date >= 1 && date <= dayNumber(year, month + 1, 1) - day;
	if (!isReal || hour > 23 || minute > 59 || second > 60) return undefined;
	const wall = (day + date - 1) * DAY + hour * 3600 + minute * 60 + Math.min(second, 59);
	return { wall, isDate: match[4] === undefined, isUtc: Boolean(match[7]) };
}

const two = (value: number, digits = 2): string => String(value).padStart(digits, '0');

/** `20260704T100000`, or `20260704` for a day. */
export function wallText(wall: number, isDate = false): string {
	const day = Math.floor(wall / DAY);
	const { year, month, date } = civilOf(day);
	const rest = wall - day * DAY;
	const text = `${two(year, 4)}${two(month)}${two(date)}`;
	if (isDate) return text;
	return `${text}T${two(Math.floor(rest / 3600))}${two(Math.floor(rest / 60) % 60)}${two(rest % 60)}`;
}
