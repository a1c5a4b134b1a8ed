import { writeFile } from 'node:fs/promises';
import { expect } from '@jest/globals';
import { audioOf } from '../../src/simulator/services/audio';
import { calendarOf } from '../../src/simulator/services/calendar/state';
import { contactsOf } from '../../src/simulator/services/contacts/state';
import { downloadsOf } from '../../src/simulator/services/download/state';
import { driveOf } from '../../src/simulator/services/drive';
import { filesOf } from '../../src/simulator/services/file';
import { identityOf } from '../../src/simulator/services/identity/state';
import { noteOf } from '../../src/simulator/services/note';
import { systemOf } from '../../src/simulator/services/system/state';
import { KITCHEN, prepare } from '../support/audio-stories';
import { tokensOf } from '../support/signIn';
import type { Example } from './n8n-example';

const HOUR = 3_600_000;
const rowsOf = (items: { json: Record<string, unknown> }[] | undefined) => (items ?? []).map(({ json }) => json);
/** A moment as iCalendar writes it. */
const compact = (ms: number): string => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '');
/** The day after the one that it is, as `2026-12-24`. */
const tomorrow = ({ simulator }: Example): string =>
	new Date(simulator.nas.clock.now() + 24 * HOUR).toISOString().slice(0, 10);

/** Lets time pass until noon of the day after. */
async function untilNoonTomorrow({ simulator, surroundings }: Example, day: string): Promise<void> {
	await surroundings.advance(Date.parse(`${day}T12:00:00Z`) - simulator.nas.clock.now());
}

/** What happens with each example from its import to its end, by its file name. */
export const stories: Record<string, (example: Example) => Promise<void>> = {
	async 'answer-mentions.json'(example) {
		const { chat } = example;
		await example.publish();
		chat.postAs('carol', 'General', 'Nothing for you');
		const asked = chat.postAs('bob', 'General', `@u:${chat.user('alice').user_id} is the backup done?`);
		await example.poll();
		await example.ended(1);
		expect(chat.channel('General').posts.at(-1)).toMatchObject({ thread_id: asked.post_id });
		expect(example.told).toBe(`Thank you, Bob. You wrote: @u:${chat.user('alice').user_id} is the backup done?`);
		await example.poll();
		await example.ended(1);
	},

	async 'any-api-call.json'(example) {
		const nodes = await example.run('When clicking');
		expect(rowsOf(nodes['Ask for model and version'])).toMatchObject([{ model: 'DS920+' }]);
	},

	async 'audio-doorbell.json'(example) {
		const audio = audioOf(example.simulator.nas);
		prepare(audio);
		audio.songs.get('music_10')!.duration = 1;
		audio.playing.play(audio.players.get(KITCHEN)!, 1);
		await example.run('When clicking');
		expect(example.told).toBe('Somebody is at the door. The music goes on.');
	},

	async 'audio-new-album-to-playlist.json'(example) {
		const audio = audioOf(example.simulator.nas);
		await example.publish();
		const id = audio.addSong({ path: '/music/n/1.mp3', album: 'New & “odd”', album_artist: 'Ö' });
		await example.poll();
		await example.ended(1);
		expect(audio.playlists[0]!.songs).toEqual(['music_1', 'music_4', id]);
	},

	async 'calendar-book-free-slot.json'(example) {
		const nodes = await example.run('When clicking');
		expect(rowsOf(nodes['Book it'])).toMatchObject([
			{ summary: 'Focus time', start: rowsOf(nodes['Find a free hour'])[0]!['start'] },
		]);
	},

	async 'calendar-daily-agenda.json'(example) {
		const day = tomorrow(example);
		calendarOf(example.simulator.nas).addEvent('alice', { summary: 'Retro', start: day.replaceAll('-', '') });
		await example.publish();
		await untilNoonTomorrow(example, day);
		await example.poll();
		await example.ended(1);
		const weekday = new Date(day).toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' });
		expect(example.told).toMatch(new RegExp(`^${weekday}, ${day}\\n`));
		expect(example.told).toContain('Retro');
	},

	async 'calendar-event-reminder.json'(example) {
		const start = example.simulator.nas.clock.now() + 11 * 60_000;
		calendarOf(example.simulator.nas).addEvent('alice', { summary: 'Planning', start: compact(start) });
		await example.publish();
		await example.surroundings.advance(90_000);
		await example.poll();
		await example.ended(1);
		expect(example.told).toMatch(/^Planning begins in (9|10) minutes\.$/);
	},

	async 'chat-slash-command.json'(example) {
		await example.publish();
		expect(await example.chat.commandAs('carol', '/announce cake in the kitchen')).toBe('Posted.');
		await example.ended(1);
		expect(example.told).toBe('carol announces: cake in the kitchen');
	},

	async 'chat-two-way-bot.json'(example) {
		const { chat, bot } = example;
		await example.publish();
		bot.url = example.botAddress('On a message or a button');
		const talk = chat.conversation([chat.user('bob').user_id, bot.user_id], bot.user_id, 'chatbot');
		chat.postAs('bob', talk, 'prod');
		await example.ended(1);
		const question = talk.posts.at(-1)!;
		expect(question.message).toBe('Shall I deploy prod?');
		await chat.pressAs('bob', question.post_id, 'yes');
		await example.ended(2);
		expect(talk.posts.at(-1)!.message).toBe('You chose Go.');
	},

	async 'contacts-birthday-chat.json'(example) {
		const day = tomorrow(example);
		contactsOf(example.simulator.nas).saveAs('alice', {
			full_name: 'Nora Example',
			lines: [`BDAY:1980${day.slice(4)}`],
		});
		await example.publish();
		await untilNoonTomorrow(example, day);
		await example.poll();
		await example.ended(1);
		const years = Number(day.slice(0, 4)) - 1980;
		expect(example.told).toBe(`It is the birthday of Nora Example (${years}) today.`);
	},

	async 'contacts-two-way-sync.json'(example) {
		const contacts = contactsOf(example.simulator.nas);
		const row = (uid: string, email: string) => ({
			...{ email, name: 'From the table', company: 'Table Ltd' },
			path: `/carddav/alice/alice-contacts/${uid}.vcf`,
			etag: contacts.card(uid).card.etag,
		});
		example.pin('When clicking', [row('card-dana', 'dana@example.org'), row('card-erin', 'erin@example.org')]);
		contacts.editCard('card-erin', (card) => card.replace('ORG:Example Ltd', 'ORG:Nas Ltd'));
		const nodes = await example.run('When clicking');
		expect(rowsOf(nodes['Row in step'])).toMatchObject([{ uid: 'card-dana', company: 'Table Ltd' }]);
		expect(contacts.card('card-erin').card.facts.company).toBe('Nas Ltd');
		expect(example.told).toMatch(/^Conflict with erin@example\.org: .*changed or deleted by somebody else/);
		await example.publish();
		contacts.editCard('card-erin', (card) => card.replace('ORG:Nas Ltd', 'ORG:Later Ltd'));
		await example.poll();
		const [, changed] = await example.ended(2);
		expect(rowsOf(changed!['Row for the table'])).toMatchObject([{ uid: 'card-erin', company: 'Later Ltd' }]);
	},

	async 'download-finished-to-folder.json'(example) {
		const { nas } = example.simulator;
		await example.publish();
		filesOf(nas).write('/homes/alice/x, 1 & 2.iso', { content: 'x' });
		downloadsOf(nas).add({ uri: 'https://files.example/x', title: 'x, 1 & 2.iso', state: 'finished' });
		await example.poll();
		await example.ended(1);
		expect(filesOf(nas).get(nas.user('alice'), '/docs/x, 1 & 2.iso').kind).toBe('file');
		expect(example.told).toBe('Downloaded: x, 1 & 2.iso');
	},

	async 'drive-backup.json'(example) {
		const { nas } = example.simulator;
		await writeFile(`${nas.directory('volume1', 'docs')}/dump.sql.gz`, 'the dump of today');
		const drive = driveOf(nas);
		for (let n = 1; n <= 8; n++)
			drive.put('alice', `/backup/dump-2026-01-0${n}.sql.gz`, `${n}`, { created_time: 1_767_225_600 + n });
		const nodes = await example.run('Every night');
		const removed = rowsOf(nodes['Keep seven']).map(({ name }) => name);
		expect(removed.sort()).toEqual(['dump-2026-01-01.sql.gz', 'dump-2026-01-02.sql.gz']);
		const kept = [...drive.child(drive.home('alice'), 'backup')!.children.keys()];
		expect([kept.length, kept.at(-1)]).toEqual([7, expect.stringMatching(/^dump-\d{4}-\d\d-\d\d-\d{6}\.sql\.gz$/)]);
	},

	async 'drive-changes-to-chat.json'(example) {
		const drive = driveOf(example.simulator.nas);
		drive.put('alice', '/inbox/first.txt', 'x');
		await example.publish();
		drive.put('alice', '/inbox/second.txt', 'x');
		drive.removeAs('alice', drive.child(drive.child(drive.home('alice'), 'inbox')!, 'first.txt')!);
		await example.poll();
		await example.ended(1);
		const told = example.chat.channel('General').posts.slice(-2);
		expect(told.map(({ message }) => message)).toEqual([
			'New in Drive: /mydrive/inbox/second.txt',
			'Deleted in Drive: /mydrive/inbox/first.txt',
		]);
	},

	async 'drive-new-file-to-chat.json'(example) {
		const drive = driveOf(example.simulator.nas);
		await example.publish();
		drive.put('alice', '/inbox/invoice.pdf', 'an invoice');
		drive.put('alice', '/docs/elsewhere.txt', 'not in the inbox');
		await example.poll();
		await example.ended(1);
		expect(example.told).toBe('New in Drive: /mydrive/inbox/invoice.pdf (10 bytes)');
	},

	async 'file-invoice-inbox.json'(example) {
		const files = filesOf(example.simulator.nas);
		files.mkdir('/docs/inbox');
		await example.publish();
		// Files that nobody writes to any more.
		const times = { mtime: Date.UTC(2026, 4, 1) };
		files.write('/docs/inbox/note.txt', { content: 'no invoice', times });
		files.write('/docs/inbox/May 2026.PDF', { content: '%PDF-1.4', times });
		await example.poll();
		await example.ended(1);
		expect(example.told).toBe('New invoice: May 2026.PDF (8 bytes)');
		expect(example.chat.channel('General').posts.at(-1)!.file).toMatchObject({ name: 'May 2026.PDF', size: 8 });
	},

	async 'file-zip-and-share.json'(example) {
		filesOf(example.simulator.nas).write('/homes/alice/plans/floor.txt', { content: 'Rack 1' });
		const nodes = await example.run('When clicking');
		const answer = await fetch(String(rowsOf(nodes['Share the archive'])[0]!['url']));
		expect(Buffer.from(await answer.arrayBuffer()).toString('latin1', 0, 2)).toBe('PK');
	},

	async 'identity-new-colleague.json'(example) {
		const { nas } = example.simulator;
		identityOf(nas).addGroup('marketing');
		await example.run('When clicking');
		expect(nas.user('dora')).toMatchObject({ email: 'dora@example.com', groups: ['users', 'marketing'] });
		expect(example.told).toBe('Welcome, dora! Your folder is /home/colleagues/dora.');
	},

	async 'identity-sign-in.json'(example) {
		const { simulator, rest } = example;
		const { client, id_token, access_token } = await tokensOf(simulator, 'bob');
		example.change('Verify the token', { client_id: client.id });
		example.change('Who signed in', { url: `${simulator.url}/webman/sso/SSOUserInfo.cgi` });
		const sso = await rest.createCredential('SSO', 'synologySsoOAuth2Api', {
			...{ serverUrl: simulator.url, clientId: client.id, clientSecret: client.secret },
			oauthTokenData: { access_token, token_type: 'bearer' },
		});
		await example.import({ synologySsoOAuth2Api: sso });
		await example.publish();
		const call = async (authorization: string) => {
			const answer = await fetch(`${rest.url}/webhook/for-colleagues`, {
				method: 'POST',
				headers: { authorization },
			});
			return [answer.status, await answer.text()];
		};
		expect(await call(`Bearer ${id_token}`)).toEqual([200, 'Hello, bob.']);
		expect(await call(`Bearer ${id_token.slice(0, -9)}AAAAAAAAA`)).toEqual([403, 'Sign in at the NAS first.']);
		await example.ended(2);
		const nodes = await example.run('When clicking');
		expect(rowsOf(nodes['Who signed in'])).toMatchObject([{ username: 'bob' }]);
	},

	async 'identity-unknown-sign-in.json'(example) {
		const { chat, bot, simulator } = example;
		await example.publish();
		bot.url = example.botAddress('On a pressed button');
		identityOf(simulator.nas).signIn('bob', '198.51.100.7', 'Firefox');
		await example.poll();
		await example.ended(1);
		const talk = chat.conversation([chat.user('alice').user_id, bot.user_id], bot.user_id, 'chatbot');
		const question = talk.posts.at(-1)!;
		expect(question.message).toBe('bob has signed in from 198.51.100.7, which was not seen before.');
		await chat.pressAs('alice', question.post_id, '198.51.100.7');
		await example.ended(2);
		expect(simulator.nas.autoBlock.blocks('198.51.100.7')).toBe(true);
		expect(talk.posts.at(-1)!.message).toBe('198.51.100.7 is blocked.');
	},

	async 'note-meeting-notes.json'(example) {
		await example.run('An event');
		expect(noteOf(example.simulator.nas).note('2027-01-04 Planning of the week')).toMatchObject({
			tag: ['meeting'],
			content: expect.stringContaining('<b>Who:</b> Alice, Bob'),
		});
	},

	async 'note-tag-to-chat.json'(example) {
		const station = noteOf(example.simulator.nas);
		await example.publish();
		station.editAs('alice', station.note('Tea'), { tag: ['kitchen', 'team'] });
		await example.poll();
		await example.ended(1);
		expect(example.told).toBe('Note for all: <https://nas.example.com:5001/ns/sharing/tea01|Tea>');
	},

	async 'note-todo-digest.json'(example) {
		const station = noteOf(example.simulator.nas);
		station.todos.clear();
		station.todoAs('alice', 'Buy disks', { due_date: station.now() + 60 });
		station.todoAs('alice', 'Some day');
		await example.run('Every morning');
		expect(example.told).toBe('Due today:\n- Buy disks');
	},

	async 'system-backup-overdue.json'(example) {
		const state = systemOf(example.simulator.nas);
		example.simulator.nas.install('HyperBackup');
		await example.publish();
		state.backup(3).succeeded = state.now - 50 * HOUR;
		await example.poll();
		await example.ended(1);
		expect(state.backup(3).running).toBeDefined();
		expect(example.told).toBe('Backup Nightly had no success for 50 hours. It was started again.');
	},

	async 'system-disk-fails.json'(example) {
		await example.publish();
		systemOf(example.simulator.nas).breakDisk('sata2');
		await example.poll();
		const [nodes] = await example.ended(1);
		expect(example.told).toBe('Drive 2 (EXAMPLE-4TB) is crashed; it was normal.');
		expect(noteOf(example.simulator.nas).note('Drive 2 of the NAS failed').tag).toEqual(['nas']);
		expect(rowsOf(nodes!['Plan the replacement'])).toMatchObject([{ summary: 'Replace Drive 2 of the NAS' }]);
	},

	async 'system-health-digest.json'(example) {
		systemOf(example.simulator.nas).breakDisk('sata2');
		await example.run('At seven');
		expect(example.told).toContain('# Something is wrong: DS920+');
		expect(example.told).toContain('- Drive 2 is crashed');
	},

	async 'webdav-start-again.json'(example) {
		const { nas } = example.simulator;
		await example.publish();
		systemOf(nas).setPackage('WebDAVServer', { status: 'stop' });
		await example.poll();
		await example.ended(1);
		expect(nas.packages.get('WebDAVServer')!.status).toBe('running');
		expect(example.told).toBe('WebDAV Server stopped and was started again: it is running.');
	},
};
