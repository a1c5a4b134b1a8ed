import { DateTime } from '../../../vendor/luxon';

/** A period in seconds. */
export interface Span {
	start: number;
	end: number;
}

/** A period that is taken, with the names of what takes it. */
export interface Busy extends Span {
	events: string[];
}

/** Periods within bounds, those that touch or overlap as one. */
export function mergedOf(periods: readonly Busy[], from: number, to: number): Busy[] {
	const merged: Busy[] = [];
	const inside = periods
		.map((one) => ({ ...one, start: Math.max(one.start, from), end: Math.min(one.end, to) }))
		.filter(({ start, end }) => end > start)
		.sort((a, b) => a.start - b.start);
	for (const one of inside) {
		const last = merged.at(-1);
		if (!last || one.start > last.end) merged.push({ ...one });
		else Object.assign(last, { end: Math.max(last.end, one.end), events: [...last.events, ...one.events] });
	}
	return merged;
}

/** What is left between merged periods. */
export function freeOf(busy: readonly Busy[], { start, end }: Span): Span[] {
	const edges = [start, ...busy.flatMap((one) => [one.start, one.end]), end];
	return edges.flatMap((edge, index) =>
		index % 2 === 0 && edges[index + 1]! > edge ? [{ start: edge, end: edges[index + 1]! }] : [],
	);
}

export interface SlotRules {
	minutes: number;
	step: number;
	from_time: string;
	to_time: string;
	weekends: boolean;
	overlapping: boolean;
	zone: string;
}

const minutesOf = (clock: string): number => {
	const [hours = 0, minutes = 0] = clock.split(':').map(Number);
	return hours * 60 + minutes;
};

/** Slots of a free period within the working hours of each day, on the wall clock of the zone. */
export function* slotsOf(free: Span, rules: SlotRules): Generator<Span> {
	const length = rules.minutes * 60;
	let earliest = free.start;
	let day = DateTime.fromSeconds(free.start, { zone: rules.zone }).startOf('day');
	for (; day.toSeconds() < free.end; day = day.plus({ days: 1 })) {
		if (!rules.weekends && day.weekday > 5) continue;
		for (let minute = minutesOf(rules.from_time); minute < minutesOf(rules.to_time); minute += rules.step) {
			const start = day.set({ hour: Math.floor(minute / 60), minute: minute % 60 }).toSeconds();
			const end = start + length;
			const last = endOfDay(day, minutesOf(rules.to_time));
			if (start < earliest || end > Math.min(free.end, last)) continue;
			if (!rules.overlapping) earliest = end;
			yield { start, end };
		}
	}
}

const endOfDay = (day: DateTime, minute: number): number =>
	minute >= 1440
		? day.plus({ days: 1 }).toSeconds()
		: day.set({ hour: Math.floor(minute / 60), minute: minute % 60 }).toSeconds();
