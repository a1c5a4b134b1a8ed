import { operation, procedure, resource } from '../../../catalog/operation';
import { timeout, waitFor } from '../../../catalog/tasks';
import { DsmApiError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { package_id } from '../fields';
import { offerFor, packageUpdates } from '../lib/updates';
import * as wire from '../wire/packages';

const list = operation({
	title: 'List packages',
	summary: 'Gives the installed packages with version and state. Every account may read it.',
	right: 'account',
	call: wire.listPackages,
	params: z.object({
		only_stopped: z
			.boolean()
			.default(false)
			.meta({ title: 'Only Stopped', description: 'Whether packages that run are left out' }),
	}),
	request: () => wire.PACKAGE_DETAILS,
	keep: ({ status }, { only_stopped }) => !only_stopped || status !== 'running',
});

const get = operation({
	title: 'Get a package',
	summary: 'Gives version and state of a package.',
	right: 'account',
	call: wire.getPackage,
	params: z.object({ package_id }),
	request: (given) => ({ id: given.package_id, ...wire.PACKAGE_DETAILS }),
});

const start = operation({
	title: 'Start a package',
	summary: 'Starts a package. Needs an administrator.',
	known: { call: wire.checkPackages, request: (given) => wire.feasible('start_check', given.package_id) },
	call: wire.startPackage,
	params: z.object({ package_id }),
	request: (given) => ({ id: given.package_id }),
});

const stop = operation({
	title: 'Stop a package',
	summary: 'Stops a package. The NAS refuses while other packages need it. Needs an administrator.',
	known: { call: wire.checkPackages, request: (given) => wire.feasible('stop_check', given.package_id) },
	call: wire.stopPackage,
	params: z.object({ package_id }),
	request: (given) => ({ id: given.package_id }),
});

const listUpdates = procedure({
	title: 'List package updates',
	summary: 'Gives the installed packages of which a later version is out. Needs an administrator.',
	uses: [wire.listPackages, wire.listOffers],
	params: z.object({}),
	result: z.array(
		wire.packageRow.with({ new_version: z.string(), is_beta: z.boolean().optional() }).as({
			simple: ['id', 'name', 'version', 'new_version', 'status', 'is_beta'],
		}),
	),
	readOnly: true,
	run: async (_, dsm) => await packageUpdates(dsm),
});

/** Code: what is offered is fetched, and put in place when it is there. Whether that went well is told by the list of packages alone. */
const installUpdate = procedure({
	title: 'Install a package update',
	summary: 'Fetches the later version of a package, puts it in place and waits for that. Needs an administrator.',
	uses: [
		wire.listPackages,
		wire.listOffers,
		wire.fetchPackage,
		wire.getFetched,
		wire.checkInstallation,
		wire.upgradePackage,
	],
	params: z.object({
		package_id,
		timeout: timeout(3600).meta({
			title: 'Timeout',
			description: 'Seconds to wait; the NAS goes on after that',
			advanced: true,
		}),
	}),
	result: wire.packageRow,
	async run(given, dsm) {
		const { was, offer } = await offerFor(dsm, given.package_id);
		const { id, link, md5, size, version } = offer;
		const more = { url: link, name: id, checksum: md5, filesize: size };
		const { task_id } = await dsm.call(wire.fetchPackage, { ...more, operation: 'upgrade' });
		const { success } = await waitFor(dsm, {
			status: async () => await dsm.call(wire.getFetched, { task_id }),
			isDone: ({ finished }) => finished,
			timeout: given.timeout,
			what: `Fetching ${id}`,
		});
		if (success === false) throw new DsmApiError(`The NAS could not fetch ${id} ${version}.`, LOOK);
		await dsm.call(wire.checkInstallation, { id });
		// As an object it is refused (releases.md 6).
		await dsm.call(wire.upgradePackage, { task_id, extra_values: '{}' });
		return await waitFor(dsm, {
			status: async () => {
				const all = await dsm.list(wire.listPackages, wire.PACKAGE_DETAILS, { readOnly: true });
				return all.find((one) => one.id === id) ?? was;
			},
			isDone: (now) => now.version === version,
			timeout: given.timeout,
			what: `The update of ${id}`,
		});
	},
});
const LOOK = { hint: 'Look into Package Center: it may want a license to be accepted, or more space.' };

const uninstall = operation({
	title: 'Uninstall a package',
	summary: 'Takes a package off the NAS, and with some packages their data. Needs an administrator.',
	call: wire.uninstallPackage,
	params: z.object({ package_id }),
	request: (given) => ({ id: given.package_id }),
	destructive: true,
	deletes: true,
});

export const packages = resource('Package', { list, get, start, stop, listUpdates, installUpdate, uninstall });
