import type { SimulatedService } from '../../core/service';
import { contactsDav } from './dav';
import { contactsBehaviours } from './index';
import { contactsScenes } from './life';
import { seedContacts } from './seed';

export const contacts: SimulatedService = {
	id: 'contacts',
	order: 4,
	package: { id: 'Contacts', name: 'Synology Contacts', version: '1.0.9-20304', apis: ['SYNO.Contacts.'] },
	application: { id: 'SYNO.Contacts.AppInstance', sessionName: 'Contacts' },
	alias: 'contacts',
	behaviours: contactsBehaviours,
	seed: seedContacts,
	scenes: contactsScenes,
	dav: contactsDav,
};
