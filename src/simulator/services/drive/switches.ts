/** What differs between releases or is not settled by the dossier. */
export interface DriveSwitches {
	/** Milliseconds that a task takes. */
	taskMs: number;
	/** Milliseconds until the search finds a new node (drive.md 3.3). */
	indexMs: number;
	/** A folder or several files download as a task (seen in the web client) or as a stream (the guide). */
	zip: 'task' | 'stream';
	/** Items carry no `change_id`: very old Drive (drive.md 9.2). */
	noChangeId: boolean;
	/** `Tasks.get` answers 1000 for a task that was just made (drive.md 5). */
	freshTaskFails: boolean;
	/** Finished tasks leave the list by themselves (drive.md 5). */
	tasksVanish: boolean;
	/** Who may use file requests. An ordinary account was seen to be refused (1076); by a right or a setting is not known. */
	fileRequests: 'all' | 'administrators' | 'nobody';
	/** Users have home folders. */
	homes: boolean;
}

export const defaultSwitches = (): DriveSwitches => ({
	taskMs: 300,
	indexMs: 0,
	zip: 'task',
	noChangeId: false,
	freshTaskFails: false,
	tasksVanish: false,
	fileRequests: 'administrators',
	homes: true,
});
