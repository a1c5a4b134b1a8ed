import type { Scene } from '../../core/life';
import type { Nas } from '../../core/nas';
import { calendarOf } from './state';
import { HOME_ZONE, stampAt, textOf } from './times';

const inMinutes = (nas: Nas, minutes: number): string =>
	textOf(stampAt(nas.clock.now() / 1000 + minutes * 60, HOME_ZONE).local);

/** UIDs of what the demo made, so that it can change and remove it again. */
const madeEvent = (round: number): string => `life-${round}@cal.synology.com`;

const scenes: ((nas: Nas, round: number) => unknown)[] = [
	(nas, round) =>
		calendarOf(nas).addEvent('bob', {
			uid: madeEvent(round),
			summary: ['Coffee with Carol', 'Call with the supplier', 'Review of the week'][round % 3]!,
			start: inMinutes(nas, 1),
			end: inMinutes(nas, 31),
			calendar: 'Team',
		}),
	(nas, round) => calendarOf(nas).rename(madeEvent(round), `Moved to room ${1 + (round % 4)}`),
	(nas, round) => calendarOf(nas).addTodo('alice', `Order number ${round + 1}`),
	(nas) => {
		const { objects } = calendarOf(nas).calendar('alice', 'Inbox');
		const open = [...objects.values()].findLast(({ data }) => !data.includes('STATUS:COMPLETED'));
		if (open) calendarOf(nas).tick(open.parsed.uid);
	},
	(nas, round) => round >= 2 && calendarOf(nas).cancel(madeEvent(round - 2)),
];

/** Somebody enters a meeting that begins soon, puts another name on it, ticks a to-do off, and calls an old meeting off. */
export const calendarScenes: Scene[] = scenes.map((scene) => (nas, round) => void scene(nas, round));
