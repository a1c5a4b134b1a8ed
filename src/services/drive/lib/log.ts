import { z } from '../../../vendor/zod';
import { teamFolder } from '../fields';

/** Which actions of the log are meant, for operations and the trigger. */
export const logFilter = {
	team_folder: teamFolder('Only actions in this team folder; empty: all'),
	username: z
		.string()
		.default('')
		.meta({ title: 'User', description: 'Only actions of this user', placeholder: 'e.g. bob' }),
	keyword: z
		.string()
		.default('')
		.meta({ title: 'Keyword', description: 'Text of the path', placeholder: 'e.g. report' }),
};

interface LogFilter {
	team_folder: string;
	username: string;
	keyword: string;
	/** Unix seconds; 0 is open. */
	datefrom?: number | undefined;
	dateto?: number | undefined;
}

/** `target` is required: everything, or a team folder (drive.md 9.5). */
export const logRequest = ({ team_folder, username, keyword, datefrom = 0, dateto = 0 }: LogFilter) => ({
	...(team_folder === '' ? { target: 'user', share_type: 'all' } : { target: `@${team_folder}`, share_type: 'share' }),
	get_all: false,
	log_type: [],
	username,
	keyword,
	datefrom,
	dateto,
});
