import { ICAL } from '../../core/ical';
import type { Nas } from '../../core/nas';
import { secondsOf, stampAt, stampOf, textOf, type Component, type Property } from './times';

type Row = Record<string, unknown>;

/** Reminders of version 5 (calendar.md 5.6). */
export function alarmsOf(component: Component): Row[] {
	return component.getAllSubcomponents('valarm').map((alarm) => {
		const trigger = alarm.getFirstProperty('trigger');
		const value = trigger?.getFirstValue() as { toSeconds?: () => number } | undefined;
		const minutes = value?.toSeconds ? Math.round(value.toSeconds() / 60) : 0;
		const at = value?.toSeconds || !trigger ? undefined : stampOf(trigger);
		return {
			action: String(alarm.getFirstPropertyValue('action') ?? 'DISPLAY'),
			description: String(alarm.getFirstPropertyValue('description') ?? 'This is an event reminder'),
			type: at ? 'datetime' : 'duration',
			duration: { related: String(trigger?.getParameter('related') ?? 'start').toLowerCase(), minutes },
			datetime: { utc_seconds: at ? secondsOf(at) : 0 },
			ical_extra_info: [],
		};
	});
}

/** Writes reminders in place of those there. */
export function writeAlarms(component: Component, rows: readonly unknown[]): void {
	component.removeAllSubcomponents('valarm');
	for (const row of rows as Row[]) {
		const alarm = new ICAL.Component('valarm');
		alarm.updatePropertyWithValue('action', String(row['action'] ?? 'DISPLAY'));
		alarm.updatePropertyWithValue('description', String(row['description'] ?? ''));
		const trigger = new ICAL.Property('trigger');
		const duration = (row['duration'] ?? {}) as { related?: string; minutes?: number };
		const datetime = (row['datetime'] ?? {}) as { utc_seconds?: number };
		if (row['type'] === 'datetime') {
			trigger.resetType('date-time');
			const { local } = stampAt(Number(datetime.utc_seconds ?? 0), 'UTC');
			local.zone = ICAL.Timezone.utcTimezone;
			trigger.setValue(local);
		} else {
			trigger.setValue(ICAL.Duration.fromSeconds(Number(duration.minutes ?? 0) * 60));
			if (String(duration.related).toLowerCase() === 'end') trigger.setParameter('related', 'END');
		}
		alarm.addProperty(trigger);
		component.addSubcomponent(alarm);
	}
}

const address = (property: Property): string => String(property.getFirstValue() ?? '').replace(/^mailto:/i, '');

/** Organizer and attendees of version 5 (calendar.md 5.7). */
export function participantsOf(component: Component, nas: Nas): Row[] {
	const organizer = component.getFirstProperty('organizer');
	const boss = organizer ? address(organizer) : undefined;
	const rows = component.getAllProperties('attendee').map((one) => row(one, address(one) === boss, nas));
	if (!organizer || rows.some(({ role }) => role === 'organizer')) return rows;
	return [row(organizer, true, nas), ...rows];
}

function row(property: Property, isOrganizer: boolean, nas: Nas): Row {
	const email = address(property);
	const user = [...nas.users.values()].find((one) => one.email.toLowerCase() === email.toLowerCase());
	const status = String(property.getParameter('partstat') ?? (isOrganizer ? 'accepted' : 'needs-action'));
	return {
		type: user ? 'dsm' : 'email',
		status: status.toLowerCase().replace('-', '_'),
		role: isOrganizer ? 'organizer' : 'attendee',
		user_name: user?.name ?? String(property.getParameter('cn') ?? ''),
		email,
		is_real_email: true,
	};
}

/** Writes participants in place of those there. */
export function writeParticipants(component: Component, rows: readonly unknown[], nas: Nas): void {
	component.removeAllProperties('attendee');
	component.removeAllProperties('organizer');
	for (const one of rows as Row[]) {
		const name = String(one['user_name'] ?? '');
		const email = String(one['email'] || nas.users.get(name)?.email || '');
		for (const kind of one['role'] === 'organizer' ? ['organizer', 'attendee'] : ['attendee']) {
			const property = new ICAL.Property(kind);
			property.setValue(`mailto:${email}`);
			if (name) property.setParameter('cn', name);
			if (kind === 'attendee')
				property.setParameter(
					'partstat',
					String(one['status'] ?? 'needs_action')
						.toUpperCase()
						.replace('_', '-'),
				);
			component.addProperty(property);
		}
	}
}

/** Attachments of version 5: links (calendar.md 5.8). */
export const attachmentsOf = (component: Component): Row[] =>
	component.getAllProperties('attach').map((one) => ({
		is_syno: false,
		property_value: String(one.getFirstValue() ?? ''),
		file_rel_uri: '',
		file_size: 0,
		filename: String(one.getParameter('filename') ?? ''),
		fmttype: String(one.getParameter('fmttype') ?? ''),
		value: 'URI',
		encoding: '',
	}));

export function writeAttachments(component: Component, rows: readonly unknown[]): void {
	component.removeAllProperties('attach');
	for (const one of rows as Row[]) {
		const property = new ICAL.Property('attach');
		property.setValue(String(one['property_value'] ?? ''));
		if (one['filename']) property.setParameter('filename', String(one['filename']));
		component.addProperty(property);
	}
}

const NOWHERE = { name: '', address: '', place_id: '', map_type: '', gps: { lat: -1, lng: -1 } };
const PLACE = 'x-syno-location-info';

/** The place, whose parts beside the name are kept in a property of the server's own. */
export function placeOf(component: Component): Row {
	const name = String(component.getFirstPropertyValue('location') ?? '');
	const kept = component.getFirstPropertyValue(PLACE);
	const more = kept ? (JSON.parse(Buffer.from(String(kept), 'base64').toString()) as Row) : {};
	return { ...NOWHERE, ...more, name };
}

export function writePlace(component: Component, place: Row): void {
	component.removeAllProperties('location');
	component.removeAllProperties(PLACE);
	if (place['name']) component.updatePropertyWithValue('location', String(place['name']));
	const { name: _, ...more } = { ...NOWHERE, ...place };
	component.updatePropertyWithValue(PLACE, Buffer.from(JSON.stringify(more)).toString('base64'));
}

/** Seconds and text of a moment property; zero and empty when there is none. */
export function momentOf(component: Component, name: string): { seconds: number; text: string; zone: string } {
	const stamp = stampOf(component.getFirstProperty(name));
	if (!stamp) return { seconds: 0, text: '', zone: '' };
	return { seconds: secondsOf(stamp), text: textOf(stamp.local), zone: stamp.zone };
}
