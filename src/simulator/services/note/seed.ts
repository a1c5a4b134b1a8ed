import type { Nas } from '../../core/nas';
import { noteOf } from './state';

/** Ids of the seed that documentation names: their tails were random once. */
export const SEED_IDS = {
	work: 'HA1TIJA4MT5FT3S16184HFREBC',
	plan: 'L8NKV9OBEH2BH18U693PB5CM2G',
	tea: 'RBJ7R971CL4QHDB2DUUDG716MC',
	bin: '8VFQ1M2K9H4LB0N7T3C5D6E1AS',
	disks: '4KQ0V8R2JD4TN9M1B6C7E3F5GO',
	secret: 'P2M6S0D9AF4QJ8C1E5G7H3K4LO',
	smart: 'C7T1E4B8KH4ON2V6M0Q9R5S3DG',
} as const;

/** First revision of "Tea". */
export const SEED_VER = '6011afa663ca3cda5c97aa94dd7344040495e1ef';

/** "The code is 4711", encrypted with the password `12345` (notestation.md 8). */
const SECRET = 'U2FsdGVkX18BAgMEBQYHCH1MM84UJ0J3z+yaNKHOPi6EAsGX8nD7OStkgIi2VjAm7une27FQlV91adAKQfZ05A==';

/** Notes, tags and to-dos of alice; bob and carol have their preset notebook. */
export function seedNotes(nas: Nas): void {
	const state = noteOf(nas);
	const alice = nas.user('alice');
	const id = (tail: string) => `${alice.uid}_${tail}`;
	state.addNotebook(alice, 'My Notebook', { preset: true, link_id: 'prset' });
	const work = state.addNotebook(alice, 'Work', { object_id: id(SEED_IDS.work), stack: 'Office', link_id: 'work1' });
	const plan = state.writeAs('alice', 'Work', {
		object_id: id(SEED_IDS.plan),
		link_id: 'k3PqZ',
		title: 'Move to the new rack',
		content: `<div>On <b>Friday</b>.</div>${checkbox('Label the cables', true)}${checkbox('Order screws', false)}`,
		tag: ['rack'],
	});
	state.attachAs('alice', plan, 'rack.txt', 'U1 switch\nU2 NAS\n', 'text/plain');
	state.writeAs('alice', 'My Notebook', {
		object_id: id(SEED_IDS.tea),
		link_id: 'tea01',
		ver: SEED_VER,
		title: 'Tea',
		content: '<div>Green, 80 degrees, two minutes.</div>',
		tag: ['kitchen'],
	});
	const old = state.writeAs('alice', 'Work', {
		object_id: id(SEED_IDS.bin),
		link_id: 'bin01',
		title: 'Old list',
		content: '<div>Nothing</div>',
	});
	state.trash(old);
	state.addNote(alice, work.object_id, {
		...{ object_id: id(SEED_IDS.secret), link_id: 'sec01', title: 'Door code', content: SECRET, brief: '' },
		...{ encrypt: true, password: '12345' },
	});
	state.smarts.set(id(SEED_IDS.smart), {
		...state.thing(alice, 'Everything about the rack'),
		...{ object_id: id(SEED_IDS.smart), link_id: 'smrt1', query: { keyword: 'rack' } },
	});
	const disks = state.todoAs('alice', 'Buy disks', {
		object_id: id(SEED_IDS.disks),
		priority: 300,
		due_date: tomorrow(nas),
	});
	state.todoAs('alice', 'Compare prices', { parent_id: disks.object_id });
	state.todoAs('alice', 'Call the electrician', { note_id: plan.object_id });
}

/** Midnight of the next day, UTC. */
const tomorrow = (nas: Nas): number => Math.floor(nas.clock.now() / 86_400_000) * 86_400 + 86_400;

/** Markup of the web client (notestation.md 13). */
function checkbox(text: string, checked: boolean): string {
	const mark = checked ? ' syno-notestation-editor-checkbox-checked' : '';
	return `<div><input class="syno-notestation-editor-checkbox${mark}" src="webman/3rdparty/NoteStation/images/transparent.gif" type="image" />${text}</div>`;
}
