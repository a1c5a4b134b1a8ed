import { calendar } from '../../../src/services/calendar';
import { SettableClock } from '../../../src/simulator';
import { calendarOf } from '../../../src/simulator/services/calendar/state';
import { rightTime } from '../../support/follow';
import type { Scene } from '../../support/nas';
import { tellsEachOnce } from '../../support/trigger-suite';

const { triggers } = calendar;
/** Monday, 10:00 in Rome. */
const NOW = Date.UTC(2026, 9, 19, 8);
const stored = ({ simulator }: Scene) => calendarOf(simulator.nas);
const fresh = () => ({ clock: new SettableClock(NOW) });
const later = (scene: Scene, seconds: number): string =>
	new Date(rightTime(scene) + seconds * 1000).toISOString().replace(/[-:]|\.\d+/g, '');
const wait = (scene: Scene, ms: number) => (scene.simulator.nas.clock as SettableClock).advance(ms);
const uid = (n: number) => `n${String(n).padStart(3, '0')}@example.com`;
const enter = (scene: Scene, n: number, more = {}) =>
	stored(scene).addEvent('alice', { uid: uid(n), summary: `event ${n}`, start: '20261201T100000', ...more });
/** An event that has nothing to do with what is told. */
let others = 1000;
const another = (scene: Scene) => enter(scene, others++);
/** Events that are there before the trigger starts, to be changed by `happen`. */
const prepare =
	(more: (n: number) => object = () => ({})) =>
	(scene: Scene) => {
		for (let n = 0; n < 12; n++) enter(scene, n, more(n));
	};
const nameOf = ({ summary }: { summary: string }) => summary;

tellsEachOnce({
	trigger: triggers.eventCreated,
	given: {},
	anyOrder: true,
	happen: (scene, n) => (enter(scene, n), `event ${n}`),
	nameOf,
	edit: (scene, n) => (stored(scene).rename(uid(n), `edited ${n}`), `edited ${n}`),
	delete: (scene, n) => stored(scene).cancel(uid(n)),
	noise: (scene) => stored(scene).rename('event-review@cal.synology.com', 'Renamed'),
	get options() {
		return fresh();
	},
});

tellsEachOnce({
	trigger: triggers.eventUpdated,
	given: {},
	anyOrder: true,
	before: prepare(),
	happen: (scene, n) => (stored(scene).rename(uid(n), `changed ${n}`), `changed ${n}`),
	nameOf,
	delete: (scene, n) => stored(scene).cancel(uid(n)),
	noise: (scene) => another(scene),
	get options() {
		return fresh();
	},
});

tellsEachOnce({
	trigger: triggers.eventDeleted,
	given: {},
	anyOrder: true,
	before: prepare(),
	happen: (scene, n) => (stored(scene).cancel(uid(n)), `event ${n}`),
	nameOf,
	noise: (scene) => stored(scene).rename('event-review@cal.synology.com', 'Renamed'),
	get options() {
		return fresh();
	},
});

tellsEachOnce({
	trigger: triggers.invitationAnswered,
	given: {},
	anyOrder: true,
	before: prepare((n) => ({
		lines: ['ORGANIZER:mailto:alice@example.com', 'ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:bob@example.com', `X-N:${n}`],
	})),
	happen: (scene, n) => (stored(scene).answerAs('bob', uid(n), 'accepted'), `event ${n}`),
	nameOf,
	noise: (scene) => stored(scene).rename('event-review@cal.synology.com', 'Renamed'),
	get options() {
		return fresh();
	},
});

tellsEachOnce({
	trigger: triggers.invitationReceived,
	given: {},
	anyOrder: true,
	happen(scene, n) {
		const lines = ['ORGANIZER:mailto:carol@example.com', 'ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:alice@example.com'];
		stored(scene).addEvent('carol', { uid: uid(n), summary: `event ${n}`, start: '20261201T100000', lines });
		return `event ${n}`;
	},
	nameOf,
	noise: (scene) => another(scene),
	get options() {
		return fresh();
	},
});

tellsEachOnce({
	trigger: triggers.eventStarting,
	given: { minutes: 0, keyword: 'event' },
	happen(scene, n) {
		enter(scene, n, { start: later(scene, 1), end: later(scene, 60) });
		wait(scene, 2000);
		return `event ${n}`;
	},
	nameOf,
	noise: (scene) => another(scene),
	get options() {
		return fresh();
	},
});

tellsEachOnce({
	trigger: triggers.eventEnded,
	given: { keyword: 'event' },
	happen(scene, n) {
		enter(scene, n, { start: later(scene, -600), end: later(scene, 1) });
		wait(scene, 2000);
		return `event ${n}`;
	},
	nameOf,
	noise: (scene) => another(scene),
	get options() {
		return fresh();
	},
});

tellsEachOnce({
	trigger: triggers.todoCreated,
	given: {},
	anyOrder: true,
	happen: (scene, n) => (stored(scene).addTodo('alice', `to-do ${n}`), `to-do ${n}`),
	nameOf,
	noise: (scene) => another(scene),
	get options() {
		return fresh();
	},
});

const ticked: Record<number, string> = {};
tellsEachOnce({
	trigger: triggers.todoCompleted,
	given: {},
	anyOrder: true,
	before(scene) {
		for (let n = 0; n < 12; n++) ticked[n] = stored(scene).addTodo('alice', `to-do ${n}`);
	},
	happen: (scene, n) => (stored(scene).tick(ticked[n]!), `to-do ${n}`),
	nameOf,
	noise: (scene) => stored(scene).addTodo('alice', 'open'),
	get options() {
		return fresh();
	},
});

tellsEachOnce({
	trigger: triggers.todoDue,
	given: {},
	happen(scene, n) {
		stored(scene).addTodo('alice', `to-do ${n}`, [`DUE:${later(scene, 1)}`]);
		wait(scene, 2000);
		return `to-do ${n}`;
	},
	nameOf,
	noise: (scene) => stored(scene).addTodo('alice', 'some day'),
	get options() {
		return fresh();
	},
});

tellsEachOnce({
	trigger: triggers.calendarAdded,
	given: {},
	anyOrder: true,
	happen: (scene, n) => (stored(scene).addCalendar('alice', `calendar ${n}`), `calendar ${n}`),
	nameOf: ({ cal_displayname: name }) => name,
	noise: (scene) => another(scene),
	get options() {
		return fresh();
	},
});
