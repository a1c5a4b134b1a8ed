import { z } from '../../../vendor/zod';
import { part_length, type Part } from './inParts';

const styles = ['green', 'grey', 'red', 'orange', 'blue', 'teal'] as const;

/** One button; `name` and `value` come back when it is pressed (chat.md 8.1). */
const button = z.strictObject({
	text: z.string().min(1),
	value: z.coerce.string<string | number | boolean>().optional(),
	name: z.string().min(1).optional(),
	style: z.enum(styles).default('grey'),
});

export const buttons = z
	.array(button)
	.default([])
	.superRefine((rows, context) => {
		const names = rows.map(({ name, value, text }) => name ?? value ?? text);
		const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
		if (twice !== -1)
			context.addIssue({ code: 'custom', message: `has two buttons named "${names[twice]}"`, path: [twice] });
	})
	.meta({
		title: 'Buttons',
		description:
			'Buttons below the message: the text, and if wanted value, name and style (green, grey, red, orange, blue, teal) of each',
		widget: 'json',
		placeholder: 'e.g. [{"text":"Go","value":"yes","style":"green"}]',
	});

export const buttons_text = z.string().optional().meta({
	title: 'Text Above Buttons',
	description: 'Line between the message and its buttons',
	advanced: true,
});

export const callback_id = z.string().min(1).default('buttons').meta({
	title: 'Callback ID',
	description: 'What tells the flow which question a pressed button answers',
	placeholder: 'e.g. deploy-17',
	advanced: true,
});

/** Chat refuses buttons without a callback ID, and knows no other actions (chat.md 8.1). */
const attachment = z.looseObject({
	text: z.string().optional(),
	callback_id: z.string().optional(),
	actions: z.array(z.looseObject({ type: z.literal('button'), style: z.enum(styles).optional() })).optional(),
});

export const attachments = z
	.array(
		attachment.refine(({ actions = [], callback_id: back }) => actions.length === 0 || Boolean(back), {
			message: 'needs a callback_id, since it has actions',
			path: ['callback_id'],
		}),
	)
	.default([])
	.meta({
		title: 'Attachments',
		description: 'Blocks below the message as Chat takes them, as a JSON array; for what the buttons do not cover',
		widget: 'json',
		advanced: true,
	});

/** What an integration may send. */
export const content = {
	text: z.string().default('').meta({
		title: 'Message',
		description: 'Text of the message; a link with a label is written <https://example.com|label>',
		widget: 'multiline',
	}),
	file_url: z
		.url({ protocol: /^https?$/ })
		.optional()
		.meta({
			title: 'File URL',
			description: 'Address of a file that the NAS fetches and posts, 32 MB at most',
			placeholder: 'e.g. https://flows.example.com/report.pdf',
		}),
	buttons,
	buttons_text,
	callback_id,
	attachments,
	part_length,
};

export type Content = z.output<z.ZodObject<typeof content>>;

export const hasContent = ({ text, file_url, buttons: rows, attachments: blocks }: Content): boolean =>
	text !== '' || file_url !== undefined || rows.length > 0 || blocks.length > 0;

export const notEmpty = { message: 'is empty: a message needs a text, a file or buttons', path: ['text'] };

/** The payload of one part of the text as Chat takes it (chat.md 8, 8.1): the file comes first, buttons and blocks come last. */
export function payloadOf(given: Content, { text: words, index, isLast }: Part): Record<string, unknown> {
	const actions = given.buttons.map(({ text, value = text, name = value, style }) => ({
		type: 'button',
		name,
		value,
		text,
		style,
	}));
	const block = { callback_id: given.callback_id, text: given.buttons_text ?? '', actions };
	const blocks = [...given.attachments, ...(actions.length > 0 ? [block] : [])];
	return {
		text: words,
		...(index === 0 && given.file_url !== undefined && { file_url: given.file_url }),
		...(isLast && blocks.length > 0 && { attachments: blocks }),
	};
}
