import { DateTime } from 'luxon';
import { ICAL } from '../../core/ical';

export type Time = InstanceType<typeof ICAL.Time>;
export type Component = InstanceType<typeof ICAL.Component>;
export type Property = InstanceType<typeof ICAL.Property>;

/** A moment as a calendar object states it: wall clock and zone; the zone of a date is empty. */
export interface Stamp {
	/** Without a zone, so that rules run on the wall clock. */
	local: Time;
	zone: string;
}

/** Zone of times that state none, and of accounts that never chose one. */
export const HOME_ZONE = 'Europe/Rome';

export const isZone = (name: string): boolean => DateTime.utc().setZone(name).isValid;

/** A property's moment; undefined: there is none. */
export function stampOf(property: Property | null): Stamp | undefined {
	const value = property?.getFirstValue() as Time | undefined;
	return value && property ? stamp(value, property) : undefined;
}

export function stampsOf(property: Property): Stamp[] {
	return (property.getValues() as Time[]).map((value) => stamp(value, property));
}

function stamp(value: Time, property: Property): Stamp {
	const { year, month, day, hour, minute, second, isDate } = value;
	const local = ICAL.Time.fromData(
		isDate ? { year, month, day, isDate } : { year, month, day, hour, minute, second, isDate },
	);
	if (isDate) return { local, zone: '' };
	const named = property.getParameter('tzid');
	if (typeof named === 'string') return { local, zone: isZone(named) ? named : 'UTC' };
	return { local, zone: value.zone?.tzid === 'UTC' || String(value).endsWith('Z') ? 'UTC' : HOME_ZONE };
}

/** Seconds since the epoch; a date is midnight in UTC (calendar.md 5.4). */
export function secondsOf({ local, zone }: Stamp): number {
	const { year, month, day } = local;
	const time = local.isDate ? {} : { hour: local.hour, minute: local.minute, second: local.second };
	const at = DateTime.fromObject({ year, month, day, ...time }, { zone: zone || 'UTC' });
	// When the clocks go back, a time that comes twice is the first one (RFC 5545, 3.3.5).
	return Math.floor((at.getPossibleOffsets()[0] ?? at).toSeconds());
}

/** The moment on the wall clock of a zone; an empty one makes it a date. */
export function stampAt(seconds: number, zone: string): Stamp {
	const at = DateTime.fromSeconds(seconds, { zone: zone || 'UTC' });
	const { year, month, day, hour, minute, second } = at;
	if (zone === '') return { local: ICAL.Time.fromData({ year, month, day, isDate: true }), zone };
	return { local: ICAL.Time.fromData({ year, month, day, hour, minute, second, isDate: false }), zone };
}

/** `20230704T100000`, or `20230704` for a date: how a recurrence id names an occurrence. */
export function textOf({ year, month, day, hour, minute, second, isDate }: Time): string {
	const two = (value: number) => String(value).padStart(2, '0');
	const date = `${String(year).padStart(4, '0')}${two(month)}${two(day)}`;
	return isDate ? date : `${date}T${two(hour)}${two(minute)}${two(second)}`;
}

/** The moment that `20230704T100000` names in a zone; undefined: no such text. */
export function stampFrom(text: string, zone: string): Stamp | undefined {
	const match = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(text);
	if (!match) return undefined;
	const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
		number,
		number,
		number,
		number,
		number,
		number,
	];
	if (match[4] === undefined) return { local: ICAL.Time.fromData({ year, month, day, isDate: true }), zone: '' };
	const local = ICAL.Time.fromData({ year, month, day, hour, minute, second, isDate: false });
	return { local, zone: match[7] ? 'UTC' : zone };
}

/** The same moment on the wall clock of another zone. */
export const inZone = (given: Stamp, zone: string): Stamp =>
	given.local.isDate || given.zone === zone || zone === '' ? given : stampAt(secondsOf(given), zone);

/** Writes a moment as a property of a component, in place of what was there. */
export function writeStamp(component: Component, name: string, { local, zone }: Stamp): void {
	component.removeAllProperties(name);
	const property = new ICAL.Property(name);
	if (local.isDate) property.resetType('date');
	const value = local.clone();
	if (zone === 'UTC') value.zone = ICAL.Timezone.utcTimezone;
	property.setValue(value);
	if (zone !== '' && zone !== 'UTC') property.setParameter('tzid', zone);
	component.addProperty(property);
}
