import { service } from '../../catalog/operation';
import { addressBooks } from './addressBook';
import { contacts as contactResource } from './contact';
import { contactDeleted, contactUpdated, newContact } from './contactEvents';
import { anniversary, birthday } from './dates';
import { errors } from './errors';
import { labels } from './label';
import { addressBookChanged, labelChanged } from './listEvents';
import { photos } from './photo';
import { account, directory, settings, sources } from './system';

export const contacts = service({
	id: 'contacts',
	title: 'Contacts',
	summary:
		'Contacts, address books and labels of Synology Contacts, as the account of the connection. Contacts are read and written over CardDAV, the rest over the web API.',
	package: 'Synology Contacts',
	privilege: 'Synology Contacts',
	apis: 'SYNO.Contacts.',
	errors,
	resources: {
		contact: contactResource,
		photo: photos,
		addressBook: addressBooks,
		label: labels,
		source: sources,
		directory,
		account,
		settings,
	},
	triggers: {
		newContact,
		contactUpdated,
		contactDeleted,
		birthday,
		anniversary,
		labelChanged,
		addressBookChanged,
	},
});
