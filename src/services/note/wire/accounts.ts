import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';

/** "2.2.6-1044", of which the NAS sends the parts. */
const version = z.preprocess((value) => {
	const { major, minor, hotfix, build } = Object(value) as Record<string, unknown>;
	return major === undefined ? value : `${String(major)}.${String(minor)}.${String(hotfix)}-${String(build)}`;
}, z.string());

export const getInfo = call('SYNO.NoteStation.Info', 'get', 3, {
	answer: row({
		uid: field.id(),
		username: field.text().optional(),
		is_admin: field.flag().optional(),
		allow_share: field.flag().optional(),
		search_precisely: field.flag().optional(),
		version: version.optional(),
		hash: field.text().optional(),
	}),
	...{ readOnly: true, basis: 'capture', source: 'notestation.md 4.1' },
});

export const getSettings = call('SYNO.NoteStation.Setting', 'get', 2, {
	answer: row(
		{
			copy_delete_orig: field.flag().optional(),
			font_size: field.text().optional(),
			inline_thumb: field.flag().optional(),
			pointer_color: field.text().optional(),
			slide_theme: field.text().optional(),
			search_attachment: field.flag().optional(),
			spell_check: field.flag().optional(),
			todo_due_date_day: field.text().optional(),
			todo_export_info: field.text().optional(),
			todo_priority: field.number().optional(),
			todo_purge: field.text().optional(),
			todo_reminder_offset: field.number().optional(),
			todo_reminder_predefined: field.text().optional(),
			todo_reminder_unit: field.text().optional(),
			todo_reminder_value: field.number().optional(),
			todo_show_badge: field.flag().optional(),
		},
		{
			simple: [
				...['copy_delete_orig', 'font_size', 'search_attachment', 'spell_check', 'todo_due_date_day'],
				...['todo_priority', 'todo_purge', 'todo_reminder_unit', 'todo_reminder_value', 'todo_show_badge'],
			],
		},
	),
	...{ readOnly: true, basis: 'capture', source: 'notestation.md 4.2' },
});

export const setSettings = repeatable(
	call('SYNO.NoteStation.Setting', 'set', 2, {
		...{ basis: 'inferred', source: 'notestation.md 4.2' },
	}),
);
