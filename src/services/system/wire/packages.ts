import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';

const source = { source: 'system.md 5' } as const;

export const packageRow = row(
	{
		id: field.id(),
		name: field.text().optional(),
		version: field.text(),
		/** `running`, `stop`, or a word for what is going on. Absent where it was not asked for. */
		status: field.text().optional(),
		/** Whether it can be started and stopped. */
		startable: field.flag().optional(),
		install_type: field.text().optional(),
		/** Of the last installation or update. */
		timestamp: field.milliseconds().optional(),
	},
	{ lift: ['additional'], simple: ['id', 'name', 'version', 'status', 'startable', 'timestamp'] },
);
export type PackageRow = z.output<typeof packageRow>;

/** Other keys of `additional` are refused with 120 (system.md 5). */
export const PACKAGE_DETAILS = { additional: ['status', 'startable', 'install_type'] };

export const listPackages = call('SYNO.Core.Package', 'list', 2, {
	list: 'packages',
	of: packageRow,
	basis: 'capture',
	...source,
	readOnly: true,
});

export const getPackage = call('SYNO.Core.Package', 'get', 1, {
	answer: packageRow,
	basis: 'clients',
	...source,
	readOnly: true,
});
/** What Package Center asks before it starts or stops packages; its answer is shown by no source, a refusal is one (webdav.md 9). */
export const checkPackages = call('SYNO.Core.Package', 'feasibility_check', 1, {
	answer: z.looseObject({}),
	basis: 'clients',
	source: 'webdav.md 9',
	readOnly: true,
});
/** Read before packages start or stop: where others depend on them, the NAS refuses before anything happens. */
export const feasible = (type: 'start_check' | 'stop_check', ...packages: string[]) => ({ type, packages });

export const startPackage = repeatable(call('SYNO.Core.Package.Control', 'start', 1, { basis: 'clients', ...source }));
export const stopPackage = repeatable(call('SYNO.Core.Package.Control', 'stop', 1, { basis: 'clients', ...source }));
export const uninstallPackage = call('SYNO.Core.Package.Uninstallation', 'uninstall', 1, {
	basis: 'clients',
	...source,
});

/** What the server of the vendor offers, whether or not it is installed. */
export const listOffers = call('SYNO.Core.Package.Server', 'list', 2, {
	list: 'packages',
	of: row({
		id: field.id(),
		version: field.text(),
		changelog: field.text().optional(),
		beta: field.flag().optional(),
		size: field.bytes().optional(),
		link: field.text().optional(),
		md5: field.text().optional(),
	}),
	basis: 'clients',
	...source,
	readOnly: true,
});
/** The server of the vendor is not asked anew, nor for other sources. */
export const OFFERS = { blforcereload: false, blloadothers: false };

/** The way of an update: it is fetched (`task id`), its state is asked for, and then it is put in place (system.md 5). */
const INSTALLATION = 'SYNO.Core.Package.Installation';
const installing = { basis: 'inferred', source: 'system.md 5; releases.md 6' } as const;
export const fetchPackage = call(INSTALLATION, 'install', 1, {
	answer: row({ task_id: field.id() }, { rename: { taskid: 'task_id' } }),
	...installing,
});
export const getFetched = call(INSTALLATION, 'status', 1, {
	answer: row({ finished: field.flag(), success: field.flag().optional(), progress: field.number().optional() }),
	...installing,
	readOnly: true,
});
export const checkInstallation = call(INSTALLATION, 'check', 2, { ...installing, readOnly: true });
export const upgradePackage = call(INSTALLATION, 'upgrade', 1, installing);
