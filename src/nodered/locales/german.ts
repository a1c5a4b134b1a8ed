import chat from './de/chat.json';
import contacts from './de/contacts.json';
import drive from './de/drive.json';
import file from './de/file.json';
import note from './de/note.json';
import frame from './de.json';

/** German by English text: the words of the forms and their frame, then those of the services. */
export const german: Record<string, string> = { ...chat, ...contacts, ...drive, ...file, ...note, ...frame };
