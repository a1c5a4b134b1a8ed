import { listTrigger } from '../../../catalog/listTrigger';
import { field } from '../../../catalog/row';
import { z } from '../../../vendor/zod';
import { stateTrigger } from '../../system/lib/stateTrigger';
import { listPackages, PACKAGE_DETAILS, packageRow, type PackageRow } from '../../system/wire/packages';
import { PACKAGE_ID } from '../lib/packageState';
import { namedSettings, READING_CALLS, readSettings, settingsRow } from '../lib/settings';

const ofPackage = (title: string, summary: string, wanted: 'running' | 'stop') =>
	stateTrigger({
		title,
		summary,
		right: 'account',
		params: z.object({}),
		call: listPackages,
		look: async (_, dsm) => (await dsm.list(listPackages, PACKAGE_DETAILS)).filter(({ id }) => id === PACKAGE_ID),
		id: ({ id }: PackageRow) => id,
		// While it starts or stops it is as it was.
		state: ({ status }) => (status === 'running' || status === 'stop' ? status : undefined),
		tells: (now) => now === wanted,
		event: packageRow,
	});

export const serverStopped = ofPackage(
	'WebDAV Server stopped',
	'Starts when the package WebDAV Server does not run any more. Every account may watch it.',
	'stop',
);

export const serverStarted = ofPackage(
	'WebDAV Server started',
	'Starts when the package WebDAV Server runs again. Every account may watch it.',
	'running',
);

export const settingsChanged = listTrigger({
	title: 'Settings changed',
	summary: 'Starts when a setting of WebDAV Server that this NAS reports has another value. Needs an administrator.',
	right: 'administrator',
	params: z.object({}),
	uses: READING_CALLS,
	async look(_, dsm) {
		const values = await readSettings(dsm);
		return Object.entries(values).map(([key, value]) => ({ key, value, settings: namedSettings(values) }));
	},
	id: ({ key }) => key,
	fingerprints: ({ value }) => [JSON.stringify(value)],
	on: 'changed',
	tell: (change) => [{ previous_value: change.kind === 'changed' ? change.was[0]! : '' }],
	dress: async (found) =>
		await Promise.resolve(
			found.map(({ row, more }) => ({
				setting: row?.key,
				value: JSON.stringify(row?.value),
				...row?.settings,
				...more,
			})),
		),
	event: settingsRow
		.with({
			event_id: z.string(),
			/** Under the name that this NAS has for it. */
			setting: z.string(),
			/** Both as JSON. */
			value: z.string(),
			previous_value: field.text(),
		})
		.as({
			simple: ['setting', 'value', 'previous_value', 'enable_http', 'http_port', 'enable_https', 'https_port'],
		}),
});
