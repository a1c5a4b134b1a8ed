import type { Samples } from '../../catalog/samples';
import type { FileSource } from '../../core/call';
import { streamOf } from '../../platform';

const dana = '/carddav/alice/alice-contacts/card-dana.vcf';
const frank = '/carddav/alice/alice-contacts/card-frank.vcf';

const fileOf = (name: string, bytes: Buffer): FileSource => ({
	name,
	size: bytes.length,
	open: () => streamOf([bytes]),
});
const picture = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
	'base64',
);
const card = 'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:heidi\r\nFN:Heidi Example\r\nN:Example;Heidi;;;\r\nEND:VCARD\r\n';

/** Sample values that exist in the simulator's seed data, as `src/build/samples.ts` says. */
export const samples: Samples = {
	'*': {
		contact: dana,
		book: '/carddav/alice/alice-suppliers/',
		addressbook_id: 2,
		label_id: 1,
		keyword: 'dana',
		confirm: true,
	},
	'contact.getRows': { contact_ids: [101] },
	'contact.create': { full_name: 'Heidi Example', emails: 'work: heidi@example.org' },
	'contact.update': { title: 'Head of R&D' },
	'contact.createOrUpdate': { match: 'dana@example.org', phones: 'cell: +39 055 1234' },
	'contact.export': { contacts: [dana, frank] },
	'contact.merge': { others: [frank] },
	'photo.set': { file: fileOf('heidi.png', picture) },
	'addressBook.import': { file: fileOf('heidi.vcf', Buffer.from(card)) },
	'addressBook.create': { name: 'Club' },
	'addressBook.rename': { name: 'Suppliers of paper' },
	'addressBook.share': { parameters: { principals: [{ account_name: 'bob', role: 'read-only' }] } },
	'label.create': { name: 'Club', color: '#FF8000' },
	'label.update': { name: 'Clients' },
	'label.addContacts': { contact_ids: [103] },
	'label.removeContacts': { contact_ids: [101] },
	'directory.listUnits': { parameters: { parent: '' } },
	'source.create': { parameters: { name: 'Cloud' } },
	'source.createCardDav': { parameters: { name: 'Elsewhere', url: 'https://dav.example.org/' } },
};
