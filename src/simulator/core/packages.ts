import { services } from '../services';

/** An installed package. */
export interface Package {
	id: string;
	name: string;
	version: string;
	status: 'running' | 'stop';
	/** Time of the last installation or upgrade, milliseconds. */
	timestamp: number;
}

/** A package as it comes: how the names of its APIs begin; names and versions where a dossier states them, otherwise examples. */
interface Offer {
	id: string;
	name: string;
	version: string;
	apis: readonly string[];
}

const other = (id: string, apis: string | readonly string[], name = id, version = '1.0.0-0001'): Offer => ({
	id,
	name,
	version,
	apis: typeof apis === 'string' ? [apis] : apis,
});

/** Other names of the framework are there without the package (backup.md, common facts). */
const HYPER_BACKUP = [
	...['Task', 'Version', 'Target', 'Repository'].map((name) => `SYNO.Backup.${name}`),
	'SYNO.SDS.Backup.Client.',
];

/** Packages that nothing is simulated of, or only what DSM shows of them. */
const OTHERS: readonly Offer[] = [
	other('Spreadsheet', 'SYNO.Office.', 'Synology Office', '3.6.0-20846'),
	other('SynologyPhotos', 'SYNO.Foto', 'Synology Photos', '1.7.0-0794'),
	other('MailPlus-Server', 'SYNO.MailPlusServer.'),
	other('MailPlus', 'SYNO.MailClient.'),
	other('ActiveBackup', 'SYNO.ActiveBackup.'),
	other('ContainerManager', 'SYNO.Docker.'),
	other('HyperBackup', HYPER_BACKUP, 'Hyper Backup'),
	other('SnapshotReplication', 'SYNO.DR.Plan', 'Snapshot Replication'),
	other('SurveillanceStation', 'SYNO.SurveillanceStation.', 'Surveillance Station'),
	other('WebStation', 'SYNO.WebStation.'),
	other('AIConsole', 'SYNO.AI.'),
];

let all: Offer[] | undefined;
const offers = (): Offer[] => (all ??= [...services.flatMap((service) => service.package ?? []), ...OTHERS]);

const INSTALLED_AT = Date.UTC(2025, 10, 30, 12, 0, 0);

/** The package that serves an API; undefined for DSM's own. */
export function packageOf(api: string): string | undefined {
	return offers().find(({ apis }) => apis.some((start) => api.startsWith(start)))?.id;
}

/** The named packages, or all, as running. */
export function defaultPackages(ids?: readonly string[]): Map<string, Package> {
	const known = offers();
	return new Map((ids ?? known.map(({ id }) => id)).map((id) => [id, installed(id, known)]));
}

function installed(id: string, known: readonly Offer[]): Package {
	const { name, version } = known.find((one) => one.id === id) ?? other(id, '');
	return { id, name, version, status: 'running', timestamp: INSTALLED_AT };
}
