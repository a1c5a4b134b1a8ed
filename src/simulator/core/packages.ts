/** An installed package. */
export interface Package {
	id: string;
	name: string;
	version: string;
	status: 'running' | 'stop';
	/** Time of the last installation or upgrade, milliseconds. */
	timestamp: number;
}

/** Which package serves an API: first matching prefix. APIs of DSM itself have none. */
const OWNERS: ReadonlyArray<readonly [prefix: string, id: string]> = [
	['SYNO.Chat.', 'Chat'],
	['SYNO.SynologyDrive', 'SynologyDrive'],
	['SYNO.Office.', 'Spreadsheet'],
	['SYNO.NoteStation.', 'NoteStation'],
	['SYNO.Cal.', 'Calendar'],
	['SYNO.Contacts.', 'Contacts'],
	['SYNO.Audio', 'AudioStation'],
	['SYNO.DownloadStation', 'DownloadStation'],
	['SYNO.Foto', 'SynologyPhotos'],
	['SYNO.MailPlusServer.', 'MailPlus-Server'],
	['SYNO.MailClient.', 'MailPlus'],
	['SYNO.ActiveBackup.', 'ActiveBackup'],
	['SYNO.Docker.', 'ContainerManager'],
	// The framework's other names are there without the package (backup.md, common facts).
	['SYNO.Backup.Task', 'HyperBackup'],
	['SYNO.Backup.Version', 'HyperBackup'],
	['SYNO.Backup.Target', 'HyperBackup'],
	['SYNO.Backup.Repository', 'HyperBackup'],
	['SYNO.SDS.Backup.Client.', 'HyperBackup'],
	['SYNO.DR.Plan', 'SnapshotReplication'],
	['SYNO.SurveillanceStation.', 'SurveillanceStation'],
	['SYNO.WebStation.', 'WebStation'],
	['SYNO.AI.', 'AIConsole'],
];

/** Names and versions as seen on devices, where a dossier states them (Chat); otherwise examples. */
const SHOWN: Record<string, readonly [name: string, version: string]> = {
	Chat: ['Synology Chat Server', '2.4.6-22200'],
	SynologyDrive: ['Synology Drive Server', '3.5.2-26110'],
	Spreadsheet: ['Synology Office', '3.6.0-20846'],
	NoteStation: ['Note Station', '2.7.0-2307'],
	Calendar: ['Synology Calendar', '2.5.3-10970'],
	Contacts: ['Synology Contacts', '1.0.9-20304'],
	AudioStation: ['Audio Station', '7.0.2-5108'],
	DownloadStation: ['Download Station', '4.0.3-4720'],
	SynologyPhotos: ['Synology Photos', '1.7.0-0794'],
};

const INSTALLED_AT = Date.UTC(2025, 10, 30, 12, 0, 0);

/** The package that serves an API; undefined for DSM's own. */
export function packageOf(api: string): string | undefined {
	return OWNERS.find(([prefix]) => api.startsWith(prefix))?.[1];
}

/** The named packages, or all, as running. */
export function defaultPackages(ids: readonly string[] = OWNERS.map(([, id]) => id)): Map<string, Package> {
	return new Map(ids.map((id) => [id, installed(id)]));
}

function installed(id: string): Package {
	const [name, version] = SHOWN[id] ?? [id, '1.0.0-0001'];
	return { id, name, version, status: 'running', timestamp: INSTALLED_AT };
}
