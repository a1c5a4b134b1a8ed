/** An application that can be granted to an account, with the session names that stand for it (core.md 4.5). */
interface Application {
	id: string;
	sessionName: string;
}

export const APPLICATIONS: readonly Application[] = [
	{ id: 'SYNO.SDS.App.FileStation3.Instance', sessionName: 'FileStation' },
	{ id: 'SYNO.SDS.Chat.Application', sessionName: 'Chat' },
	{ id: 'SYNO.SDS.Drive.Application', sessionName: 'SynologyDrive' },
	// The id is not in the dossiers; the session name is.
	{ id: 'SYNO.SDS.NoteStation.Application', sessionName: 'NoteStation' },
	{ id: 'SYNO.Cal.Application', sessionName: 'Calendar' },
	{ id: 'SYNO.Contacts.AppInstance', sessionName: 'Contacts' },
	{ id: 'SYNO.SDS.AudioStation.Application', sessionName: 'AudioStation' },
	{ id: 'SYNO.SDS.DownloadStation.Application', sessionName: 'DownloadStation' },
];

export const CHAT_APP = 'SYNO.SDS.Chat.Application';
export const NOTE_APP = 'SYNO.SDS.NoteStation.Application';

/** The application that a login under this session name is checked against; undefined for `webui` and unknown names. */
export function appOfSessionName(name: string): string | undefined {
	return APPLICATIONS.find(({ sessionName }) => sessionName === name)?.id;
}

/** Ids of all applications. */
export function allApps(): string[] {
	return APPLICATIONS.map(({ id }) => id);
}
