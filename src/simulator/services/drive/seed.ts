import type { Nas } from '../../core/nas';
import { driveOf } from './state';

const day = 86_400;

/** Public link of `/mydrive/photos/cat.jpg`, and link of the file request on `/mydrive/inbox`. */
const SHARED = 'U2hhcmVkTGlua09mQW5FeGFtcGxlMD';
const REQUESTED = 'UmVxdWVzdExpbmtPZkFuRXhhbXBsZT';

/** Drives of a small company: alice's files, the team folders `Family` (alice, bob) and `Archive` (not enabled), shares, labels, devices. */
export function seedDrive(nas: Nas): void {
	const drive = driveOf(nas);
	const now = drive.now();
	drive.home('alice');
	drive.put('alice', '/docs/plan.txt', 'The plan\n', { modified_time: now - 30 * day });
	drive.put('alice', '/docs/budget.osheet', 'office stub\n');
	drive.put('alice', '/docs/letter.docx', 'letter\n');
	drive.put('alice', '/docs/reports/january.csv', 'day,visitors\n1,20\n', { modified_time: now - 300 * day });
	drive.put('alice', '/docs/reports/a, "b" \u00fc \u{1F4C4} .txt', 'odd name\n');
	const cat = drive.put('alice', '/photos/cat.jpg', Buffer.from('/9j/4AAQSkZJRgABAQAAAQABAAD/2Q==', 'base64'));
	const inbox = drive.folder(drive.home('alice'), '/inbox');
	drive.folder(drive.home('alice'), '/backup');
	const plan = drive.put('alice', '/docs/plan.txt', 'The plan, second version\n');
	drive.removeAs('alice', drive.put('alice', '/docs/old.txt', 'old\n'));

	const family = drive.openTeamFolder('Family', { alice: 'organizer', bob: 'organizer' });
	drive.put('bob', '/recipes.txt', 'soup\n', { root: family.root });
	drive.openTeamFolder('Archive', { alice: 'organizer' }, { enabled: false });

	const offer = drive.put('bob', '/offer.txt', 'an offer\n');
	drive.shareAs('bob', offer, { type: 'user', name: 'alice' }, 'editor');
	drive.shareAs('alice', plan, { type: 'user', name: 'bob' }, 'viewer');
	cat.link = {
		sharing_link: SHARED,
		role: 'viewer',
		protect_password: 'Passw0rd',
		due_date: 0,
		created_time: now,
		owner: 'alice',
	};
	drive.fileRequests.push({
		file_request_id: 'UmVxdWVzdE9mQW5FeGFtcGxlMDAwMDAx',
		sharing_link: REQUESTED,
		owner: 'alice',
		node: inbox,
		title: 'Photos of the party',
		description: '',
		protect_password: '',
		due_date: 0,
		created_time: now,
		identifier: 'create_folder',
		file_request_status: 'active',
	});
	const urgent = drive.labelOf('alice', 'Urgent', '#FA8282');
	urgent.files.add(plan);
	drive.labelOf('alice', 'Paid', '#94BF13');
	drive.starAs('alice', plan);
	drive.recents.set('alice', [plan]);
	drive.connect('alice', 'LAPTOP-ALICE');
	drive.connect('bob', 'PHONE-BOB', { client_type: 'dscloud', client_status: 'off_line' });
}
