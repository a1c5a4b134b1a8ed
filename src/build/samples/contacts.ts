import type { Samples } from '../samples';

const dana = '/carddav/alice/alice-contacts/card-dana.vcf';
const frank = '/carddav/alice/alice-contacts/card-frank.vcf';

export const contactsSamples: Samples = {
	'*': {
		contact: dana,
		book: '/carddav/alice/alice-suppliers/',
		addressbook_id: 2,
		label_id: 1,
		keyword: 'dana',
		confirm: true,
	},
	'contact.getRecord': { contact_ids: [101] },
	'contact.create': { fullName: 'Heidi Example', emails: 'work: heidi@example.org' },
	'contact.update': { title: 'Head of R&D' },
	'contact.upsert': { match: 'dana@example.org', phones: 'cell: +39 055 1234' },
	'contact.export': { contacts: [dana, frank] },
	'contact.merge': { others: [frank] },
	'photo.remove': { contact: dana },
	'addressBook.create': { name: 'Club' },
	'addressBook.update': { name: 'Suppliers of paper' },
	'addressBook.share': { parameters: { principals: [{ account_name: 'bob', role: 'read-only' }] } },
	'label.create': { name: 'Club', color: '#FF8000' },
	'label.update': { name: 'Clients' },
	'label.addContacts': { contact_ids: [103] },
	'label.removeContacts': { contact_ids: [101] },
	'directory.listUnits': { parameters: { parent: '' } },
	'source.create': { parameters: { name: 'Cloud' } },
	'source.createCardDav': { parameters: { name: 'Elsewhere', url: 'https://dav.example.org/' } },
};
