import calendar from './de/calendar.json';
import chat from './de/chat.json';
import contacts from './de/contacts.json';
import drive from './de/drive.json';
import file from './de/file.json';
import note from './de/note.json';
import frame from './de.json';

type Table = Record<string, string>;

/** Tables of services that use words in a way of their own: a label of Contacts is no label of Drive. */
const services: Record<string, Table> = { api: chat, calendar, chat, contacts, drive, file, note };

/** German by English text: the words of all forms, and those of a service. */
export const germanOf = (service?: string): Table => ({
	...(service === undefined ? {} : services[service]),
	...frame,
});
