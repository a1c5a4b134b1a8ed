import { z } from '../../../vendor/zod';

/**
 * Moment that the NAS writes in its own zone and does not name it: `2026/06/01 02:00:04`, `2026-06-01 02:00`. It comes as
 * `2026-06-01T02:00:04`, without an offset, because none is known; an empty one means never.
 */
export const localMoment = () => z.preprocess(localOf, z.string().nullable());

const LOCAL = /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?$/;
/** `Thu Apr 30 14:57:35 2026`, `Jan  1 00:00:00 2026 GMT`. */
const CTIME = /^(?:[A-Z][a-z]{2} )?([A-Z][a-z]{2}) +(\d{1,2}) (\d{2}:\d{2}:\d{2}) (\d{4})(?: GMT)?$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const two = (value: string | number): string => String(value).padStart(2, '0');

/** The one form of the moments that DSM writes; what is no moment stays as it is. */
function localOf(value: unknown): unknown {
	if (value === '' || value === undefined || value === null) return null;
	if (typeof value !== 'string') return value;
	const [, year, month = '', day = '', hour = '', minute = '', second = '0'] = LOCAL.exec(value.trim()) ?? [];
	if (year !== undefined) return `${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${two(second)}`;
	const [, name = '', date = '', time = '', in_year = ''] = CTIME.exec(value.trim()) ?? [];
	return name === '' ? value : `${in_year}-${two(MONTHS.indexOf(name) + 1)}-${two(date)}T${time}`;
}

/** Moment that OpenSSL writes: `Jan  1 00:00:00 2026 GMT`. */
export const certificateMoment = () =>
	z.preprocess(
		(value) => (typeof value === 'string' && value.endsWith(' GMT') ? `${String(localOf(value))}Z` : value),
		z.string().meta({ format: 'date-time' }),
	);

/** Seconds of a duration that is written as hours, minutes and seconds, none of them padded: `1205:13:7`. */
export const duration = () =>
	z.preprocess(
		(value) => {
			const [, hours, minutes, seconds] = typeof value === 'string' ? (/^(\d+):(\d+):(\d+)$/.exec(value) ?? []) : [];
			return hours === undefined ? value : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
		},
		z.number().meta({ unit: 'seconds' }),
	);

/** Yes or no, as the hardware APIs write them. */
export const yesNo = () =>
	z.preprocess((value) => (value === 'yes' ? true : value === 'no' ? false : value), z.boolean());

/** Milliseconds of a moment without an offset, to be compared with others of the same NAS only. */
export const localTime = (moment: string | null | undefined): number => (moment ? Date.parse(`${moment}Z`) : NaN);
