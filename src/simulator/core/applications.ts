import { services } from '../services';

interface Application {
	id: string;
	sessionName: string;
}

const applications = (): Application[] => services.flatMap(({ application }) => application ?? []);

/** The application that a login under this session name is checked against; undefined for `webui` and unknown names. */
export function appOfSessionName(name: string): string | undefined {
	return applications().find(({ sessionName }) => sessionName === name)?.id;
}

/** Ids of all applications. */
export function allApps(): string[] {
	return applications().map(({ id }) => id);
}
