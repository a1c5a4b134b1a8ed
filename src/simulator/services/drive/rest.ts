import { restApi } from '../../core/rest';
import { FLAGS, MORE_ROUTES, NUMBERS, ROUTES } from './routes';

/** What stands in the query is text but for counts and switches. */
function typed(name: string, value: string): unknown {
	if (NUMBERS.includes(name) && /^\d+$/.test(value)) return Number(value);
	return FLAGS.includes(name) && /^(true|false)$/.test(value) ? value === 'true' : value;
}

/** The REST paths of Drive (drive.md 1.2). */
export const driveRest = restApi({
	name: 'SynologyDrive',
	api: 'SYNO.SynologyDrive.Files',
	routes: { 1: ROUTES, 2: [...ROUTES, ...MORE_ROUTES] },
	typed,
	bodiless: ([verb, path]) => verb === 'DELETE' || path === '/files/request-access',
	sidInBody: true,
});
