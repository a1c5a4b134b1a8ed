import { z } from '../../../vendor/zod';
import { notification, type Notification } from '../wire/logs';

/** A notification with the text that a person reads. */
export const told = notification.with({ subject: z.string(), text: z.string() }).as({
	rename: { notifyId: 'notify_id', className: 'class_name' },
	simple: ['notify_id', 'title', 'level', 'time', 'subject', 'text'],
});
export type Told = z.output<typeof told>;

type Strings = Record<string, { title?: string | undefined; msg?: string | undefined }>;

const LEVEL = /^NOTIFICATION_/;

/** Values by their names, `%VOLUME_ID%`, out of texts that are JSON; what is none is the text itself. */
function valuesOf(msg: readonly string[]): { values: Record<string, string>; plain: string } {
	const values: Record<string, string> = {};
	const plain: string[] = [];
	for (const one of msg) {
		try {
			const parsed: unknown = JSON.parse(one);
			if (typeof parsed === 'object' && parsed !== null)
				for (const [name, value] of Object.entries(parsed)) if (typeof value === 'string') values[name] = value;
		} catch {
			plain.push(one);
		}
	}
	return { values, plain: plain.join(' ') };
}

/** Values may hold further names, one level deep. Marks for links and HTML go. */
function filled(template: string, values: Record<string, string>): string {
	const once = (text: string) => text.replace(/%[A-Z0-9_]+%/g, (name) => values[name] ?? name);
	return once(once(template))
		.replace(/<[^>]*>/g, '')
		.replace(/%LINK_(BEGIN|END)%/g, '')
		.trim();
}

/** The notification with its text, by the templates of this DSM; without one, its key stands for the subject. */
export function withText(row: Notification, strings: Strings): Told {
	const { values, plain } = valuesOf(row.msg);
	const template = Object.hasOwn(strings, row.title) ? strings[row.title] : undefined;
	const level = row.level?.replace(LEVEL, '').toLowerCase();
	return {
		...row,
		...(level !== undefined && { level }),
		subject: filled(template?.title ?? row.title, values),
		text: template?.msg === undefined ? plain : filled(template.msg, values),
	};
}
