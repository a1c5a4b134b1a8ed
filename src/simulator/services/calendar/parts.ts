import { Component, type Property } from '../../core/ical';
import type { Nas } from '../../core/nas';
import { durationFrom, secondsOf, stampAt, stampOf, textOf } from './times';

type Row = Record<string, unknown>;

/** Reminders of version 5 (calendar.md 5.6). */
export function alarmsOf(component: Component): Row[] {
	return component.inner('valarm').map((alarm) => {
		const trigger = alarm.first('trigger');
		const length = durationFrom(trigger?.value ?? '');
		const at = length ? undefined : stampOf(trigger);
		return {
			action: alarm.text('action') || 'DISPLAY',
			description: alarm.has('description') ? alarm.text('description') : 'This is an event reminder',
			type: at ? 'datetime' : 'duration',
			duration: {
				related: (trigger?.param('related') ?? 'start').toLowerCase(),
				minutes: length ? Math.round(length.days * 1440 + length.seconds / 60) : 0,
			},
			datetime: { utc_seconds: at ? secondsOf(at) : 0 },
			ical_extra_info: [],
		};
	});
}

/** Writes reminders in place of those there. */
export function writeAlarms(component: Component, rows: readonly unknown[]): void {
	component.dropInner(({ name }) => name === 'valarm');
	for (const row of rows as Row[]) {
		const alarm = new Component('valarm');
		alarm.write('action', String(row['action'] ?? 'DISPLAY'));
		alarm.write('description', String(row['description'] ?? ''));
		const duration = (row['duration'] ?? {}) as { related?: string; minutes?: number };
		const datetime = (row['datetime'] ?? {}) as { utc_seconds?: number };
		if (row['type'] === 'datetime') {
			const { local } = stampAt(Number(datetime.utc_seconds ?? 0), 'UTC');
			alarm.add('trigger', `${textOf(local)}Z`, { value: 'DATE-TIME' });
		} else {
			const minutes = Number(duration.minutes ?? 0);
			const isEnd = String(duration.related).toLowerCase() === 'end';
			alarm.add('trigger', `${minutes < 0 ? '-' : ''}PT${Math.abs(minutes)}M`, isEnd ? { related: 'END' } : {});
		}
		component.components.push(alarm);
	}
}

const address = (property: Property): string => property.value.replace(/^mailto:/i, '');

/** Organizer and attendees of version 5 (calendar.md 5.7). */
export function participantsOf(component: Component, nas: Nas): Row[] {
	const organizer = component.first('organizer');
	const boss = organizer ? address(organizer) : undefined;
	const rows = component.all('attendee').map((one) => row(one, address(one) === boss, nas));
	if (!organizer || rows.some(({ role }) => role === 'organizer')) return rows;
	return [row(organizer, true, nas), ...rows];
}

function row(property: Property, isOrganizer: boolean, nas: Nas): Row {
	const email = address(property);
	const user = [...nas.users.values()].find((one) => one.email.toLowerCase() === email.toLowerCase());
	const status = property.param('partstat') ?? (isOrganizer ? 'accepted' : 'needs-action');
	return {
		type: user ? 'dsm' : 'email',
		status: status.toLowerCase().replace('-', '_'),
		role: isOrganizer ? 'organizer' : 'attendee',
		user_name: user?.name ?? property.param('cn') ?? '',
		email,
		is_real_email: true,
	};
}

/** Writes participants in place of those there. */
export function writeParticipants(component: Component, rows: readonly unknown[], nas: Nas): void {
	component.drop('attendee', 'organizer');
	for (const one of rows as Row[]) {
		const name = String(one['user_name'] ?? '');
		const email = String(one['email'] || nas.users.get(name)?.email || '');
		const status = String(one['status'] ?? 'needs_action');
		const known: Record<string, string> = name === '' ? {} : { cn: name };
		if (one['role'] === 'organizer') component.add('organizer', `mailto:${email}`, known);
		component.add('attendee', `mailto:${email}`, { ...known, partstat: status.toUpperCase().replace('_', '-') });
	}
}

/** Attachments of version 5: links (calendar.md 5.8). */
export const attachmentsOf = (component: Component): Row[] =>
	component.all('attach').map((one) => ({
		is_syno: false,
		property_value: one.value,
		file_rel_uri: '',
		file_size: 0,
		filename: one.param('filename') ?? '',
		fmttype: one.param('fmttype') ?? '',
		value: 'URI',
		encoding: '',
	}));

export function writeAttachments(component: Component, rows: readonly unknown[]): void {
	component.drop('attach');
	for (const one of rows as Row[]) {
		const filename = String(one['filename'] ?? '');
		component.add('attach', String(one['property_value'] ?? ''), filename === '' ? {} : { filename });
	}
}

const NOWHERE = { name: '', address: '', place_id: '', map_type: '', gps: { lat: -1, lng: -1 } };
const PLACE = 'x-syno-location-info';

/** The place, whose parts beside the name are kept in a property of the server's own. */
export function placeOf(component: Component): Row {
	const name = component.text('location');
	const kept = component.text(PLACE);
	const more = kept ? (JSON.parse(Buffer.from(kept, 'base64').toString()) as Row) : {};
	return { ...NOWHERE, ...more, name };
}

export function writePlace(component: Component, place: Row): void {
	component.drop('location', PLACE);
	if (place['name']) component.write('location', String(place['name']));
	const { name: _, ...more } = { ...NOWHERE, ...place };
	component.write(PLACE, Buffer.from(JSON.stringify(more)).toString('base64'));
}

/** Seconds and text of a moment property; zero and empty when there is none. */
export function momentOf(component: Component, name: string): { seconds: number; text: string; zone: string } {
	const stamp = stampOf(component.first(name));
	if (!stamp) return { seconds: 0, text: '', zone: '' };
	return { seconds: secondsOf(stamp), text: textOf(stamp.local), zone: stamp.zone };
}
