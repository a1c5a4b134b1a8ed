import { services } from '../services';

interface Application {
	id: string;
	sessionName: string;
}

/** Applications that nothing is simulated of. */
const OTHERS: readonly Application[] = [
	{ id: 'SYNO.SDS.AudioStation.Application', sessionName: 'AudioStation' },
	{ id: 'SYNO.SDS.DownloadStation.Application', sessionName: 'DownloadStation' },
];

const applications = (): Application[] => [...services.flatMap(({ application }) => application ?? []), ...OTHERS];

/** The application that a login under this session name is checked against; undefined for `webui` and unknown names. */
export function appOfSessionName(name: string): string | undefined {
	return applications().find(({ sessionName }) => sessionName === name)?.id;
}

/** Ids of all applications. */
export function allApps(): string[] {
	return applications().map(({ id }) => id);
}
