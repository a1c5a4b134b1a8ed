import type { Nas } from '../../nas';
import { driveOf } from './state';

const day = 86_400;

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
	drive.put('alice', '/photos/cat.jpg', Buffer.from('/9j/4AAQSkZJRgABAQAAAQABAAD/2Q==', 'base64'));
	drive.folder(drive.home('alice'), '/inbox');
	drive.folder(drive.home('alice'), '/backup');
	const plan = drive.put('alice', '/docs/plan.txt', 'The plan, second version\n');
	drive.removeAs('alice', drive.put('alice', '/docs/old.txt', 'old\n'));

	const family = drive.openTeamFolder('Family', { alice: 'organizer', bob: 'organizer' });
	drive.put('bob', '/recipes.txt', 'soup\n', { root: family.root });
	drive.openTeamFolder('Archive', { alice: 'organizer' }, { enabled: false });

	const offer = drive.put('bob', '/offer.txt', 'an offer\n');
	drive.shareAs('bob', offer, { type: 'user', name: 'alice' }, 'editor');
	drive.shareAs('alice', plan, { type: 'user', name: 'bob' }, 'viewer');
	const urgent = drive.labelOf('alice', 'Urgent', '#FA8282');
	urgent.files.add(plan);
	drive.labelOf('alice', 'Paid', '#94BF13');
	drive.starAs('alice', plan);
	drive.recents.set('alice', [plan]);
	drive.connect('alice', 'LAPTOP-ALICE');
	drive.connect('bob', 'PHONE-BOB', { client_type: 'dscloud', client_status: 'off_line' });
}
