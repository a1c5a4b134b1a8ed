import type { BudgetName } from '../core/budget';
import type { FileAnswer, FileSource } from '../core/call';
import { baseName, isFileSource } from '../core/call';
import { z } from '../vendor/zod';

/** A read-only list operation that fills a picker. */
export interface Choices {
	/** Id of a list operation: `chat.channel.list`. */
	from: string;
	/** Field of a row that becomes the value. */
	value: string;
	/** Field of a row that is shown. */
	label: string;
	/** Parameter of the list operation that takes the search text; absent: rows are filtered by label. */
	search?: string;
	/** Fields of a row by which people know it beside the label: names are taken where an ID is wanted. Absent: IDs alone. */
	names?: readonly string[];
	/** Pattern of the IDs, where they are not digits: what does not fit it is a name. */
	ids?: string;
	/** What lists a folder that is typed, so that one can look into folders: the operation, its parameter for the folder, and others. */
	inside?: { from: string; param: string; given?: Record<string, unknown> };
}

/** Ways to name what a picker picks, each with an example. */
export interface By {
	id?: string;
	name?: string;
	path?: string;
	email?: string;
	url?: string;
}

/** How a host draws a parameter. */
export type Widget = 'multiline' | 'secret' | 'moment' | 'file' | 'picker' | 'path' | 'json' | 'color';

declare module 'zod/v4' {
	interface GlobalMeta {
		/** Label, title case of the host is derived. */
		title?: string;
		description?: string;
		placeholder?: string;
		widget?: Widget;
		/** A secret that comes with each item or message, a code or a token: it is never saved with a flow. */
		passing?: boolean;
		/** Belongs to an application of SSO Server, or to a sign-in at it: a host that keeps these elsewhere does not ask for it. */
		application?: boolean;
		choices?: Choices;
		/** Other ways to name what a picker picks, each with an example. Absent: an ID. */
		by?: By;
		/** Shown under "Options". */
		advanced?: boolean;
		/** A date field whose text without an offset goes as it is: the operation knows the zone. */
		local?: boolean;
		/** Bound of its text; absent: that of a line, or of a text of several lines. */
		budget?: BudgetName;
		/** Unit of a number in a result. */
		unit?: 'bytes' | 'seconds';
		/** Form of a text in a result. */
		format?: 'date-time';
		/** A list in a result that is what the result is about: a host of items gives one for each row. */
		each?: boolean;
		/** A part of a result for others: a host that has files gives it as one of this name. */
		fileName?: string;
		/** Fields of a row that *Simplify* keeps. */
		simple?: readonly string[];
		/** Fields of a row that it keeps besides. */
		added?: readonly string[];
		/** Labels of an enum's values, by value. */
		labels?: Record<string, string>;
	}
}

/** Small positive integer id; digits in a text are accepted, as expressions give texts. */
export const id = () => z.coerce.number<number | string>().int().positive();

/**
 * File to send. Hosts turn binary data, Buffers and streams into it. Whoever names it may have given a whole path: only its last part is a
 * name, and DSM refuses others (core.md 10.6).
 */
export const file = () =>
	z
		.custom<FileSource>(isFileSource, 'is no file')
		.transform((source) => ({ ...source, name: baseName(source.name), open: () => source.open() }))
		.meta({ widget: 'file' });

/**
 * File that the NAS keeps under the name in the header of its part. Quotes and line breaks do not get through that header, and what the NAS
 * makes of them is not known (core.md 10.6): the file would be kept under another name.
 */
export const namedFile = () =>
	file()
		.refine(({ name }) => !/["\r\n]/.test(name), {
			error: ({ input }) =>
				`has the name ${JSON.stringify((input as FileSource).name)}: quotes and line breaks do not get through an upload; give it another name`,
		})
		.meta({ widget: 'file' });

/** File received. */
export const fileAnswer = () => z.custom<FileAnswer>();

/** Moment in ISO 8601 (or milliseconds since the epoch) in, Unix milliseconds out. */
export const moment = () =>
	z
		.union([z.number().int(), z.string().min(1)])
		.transform((value, context) => {
			const time = typeof value === 'number' ? value : /^\d{12,14}$/.test(value) ? Number(value) : Date.parse(value);
			if (!Number.isNaN(time)) return time;
			context.addIssue({
				code: 'custom',
				message: `"${value}" is not a date and time, e.g. 2026-11-22T08:00:00+01:00`,
			});
			return z.NEVER;
		})
		.meta({ widget: 'moment' });

/** 64-bit id as DSM sends it (number or text), kept as text, which no host rounds. */
export const textId = () => z.coerce.string<string | number>();
