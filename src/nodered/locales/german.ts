import api from '../../services/api/de.json';
import calendar from '../../services/calendar/de.json';
import chat from '../../services/chat/de.json';
import contacts from '../../services/contacts/de.json';
import drive from '../../services/drive/de.json';
import file from '../../services/file/de.json';
import note from '../../services/note/de.json';
import frame from './de.json';

type Table = Record<string, string>;

/** Tables of services that use words in a way of their own: a label of Contacts is no label of Drive. */
const services: Record<string, Table> = { api, calendar, chat, contacts, drive, file, note };

/** German by English text: the words of all forms, and those of a service. */
export const germanOf = (service?: string): Table => ({
	...(service === undefined ? {} : services[service]),
	...frame,
});
