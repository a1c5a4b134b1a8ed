import { field, row } from '../../../catalog/row';
import { z } from '../../../vendor/zod';

/** A list that may stand in its field without brackets (calendar.md 14). */
export const listOf = <T extends z.ZodType>(of: T) =>
	z.preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), z.array(of).optional());

/** An object that may stand in brackets (calendar.md 14). */
export const objectOf = <T extends z.ZodType>(of: T) =>
	z.preprocess((value): unknown => (Array.isArray(value) ? value[0] : value), of.optional());

/** A reminder as it is sent back: minutes before or after, or a moment (calendar.md 5.6). */
export const wireReminder = row({
	action: field.text().optional(),
	description: field.text().optional(),
	/** duration or datetime. */
	type: field.text().optional(),
	duration: row({ related: field.text().optional(), minutes: field.number().optional() }).optional(),
	datetime: row({ utc_seconds: field.number().optional() }).optional(),
});
export type WireReminder = z.output<typeof wireReminder>;

/** What leads back to the application an event or to-do came from. */
export const appLink = row({ app: field.text().optional(), msg_id: field.id().optional() });

export const guide = { basis: 'guide' } as const;
export const read = { ...guide, readOnly: true } as const;
