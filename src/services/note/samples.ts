import type { Samples } from '../../catalog/samples';
import { fileFromBytes } from '../../core/multipart';

/** Ids of the seed: alice is account 1026. */
const id = (tail: string): string => `1026_${tail}`;
const plan = id('L8NKV9OBEH2BH18U693PB5CM2G');
const tea = id('RBJ7R971CL4QHDB2DUUDG716MC');
const secret = id('P2M6S0D9AF4QJ8C1E5G7H3K4LO');
const work = id('HA1TIJA4MT5FT3S16184HFREBC');
const ver = '6011afa663ca3cda5c97aa94dd7344040495e1ef';
const disks = id('4KQ0V8R2JD4TN9M1B6C7E3F5GO');

export const samples: Samples = {
	'*': {
		...{ note_id: plan, notebook_id: work, todo_id: disks, smart_id: id('C7T1E4B8KH4ON2V6M0Q9R5S3DG') },
		...{ object_id: plan, tag_id: 'kitchen@1026', username: 'bob', groupname: 'users', file_id: 'rack.txt' },
		...{ password: '12345', keyword: 'rack', title: 'Shopping list', content: 'Milk' },
	},
	'note.find': { title: 'Tea' },
	'note.update': { title: 'Move to the new room' },
	'note.setChecklistItem': { item: 'Order screws' },
	'note.move': { note_ids: [tea] },
	'note.moveToRecycleBin': { note_ids: [tea] },
	'note.restore': { note_ids: [id('8VFQ1M2K9H4LB0N7T3C5D6E1AS')] },
	'note.delete': { note_ids: [tea] },
	'todo.complete': { todo_ids: [disks] },
	'todo.reopen': { todo_ids: [disks] },
	'todo.star': { todo_ids: [disks] },
	'todo.unstar': { todo_ids: [disks] },
	'todo.delete': { todo_ids: [disks] },
	'tag.set': { tags: ['rack', 'move'] },
	'tag.add': { tags: ['move'] },
	'tag.remove': { tags: ['rack'] },
	'tag.rename': { title: 'kitchens' },
	'version.get': { note_id: tea, ver },
	'version.restore': { note_id: tea, ver },
	'encryption.get': { note_id: secret },
	'encryption.update': { note_id: secret, new_password: '54321' },
	'encryption.remove': { note_id: secret },
	'smart.create': { title: 'Rack', keyword: 'rack' },
	'backup.exportNotebooks': { dest: '/docs' },
	'backup.importPath': { path: '/docs/notes.nsx' },
	'backup.importFile': { file: fileFromBytes('notes.enex', Buffer.from('<en-export />')) },
	'account.updateSettings': { settings: { todo_show_badge: false } },
};
