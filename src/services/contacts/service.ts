import { service } from '../../catalog/operation';
import { errors } from './errors';
import { account } from './operations/account';
import { addressBooks } from './operations/addressBook';
import { contacts as contactResource } from './operations/contact';
import { directory } from './operations/directory';
import { labels } from './operations/label';
import { photos } from './operations/photo';
import { settings } from './operations/settings';
import { sources } from './operations/source';
import { contactCreated, contactDeleted, contactUpdated } from './triggers/contactChanges';
import { addressBookChanged, labelChanged } from './triggers/listChanges';
import { anniversaryDue, birthdayDue } from './triggers/occasions';

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
		contactCreated,
		contactUpdated,
		contactDeleted,
		birthdayDue,
		anniversaryDue,
		labelChanged,
		addressBookChanged,
	},
});
