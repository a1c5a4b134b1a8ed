import { operation, procedure, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { package_id } from '../fields';
import { packageUpdates } from '../lib/updates';
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
	call: wire.startPackage,
	params: z.object({ package_id }),
	request: (given) => ({ id: given.package_id }),
});

const stop = operation({
	title: 'Stop a package',
	summary: 'Stops a package that no other one needs. Needs an administrator.',
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

const uninstall = operation({
	title: 'Uninstall a package',
	summary: 'Takes a package off the NAS, and with some packages their data. Needs an administrator.',
	call: wire.uninstallPackage,
	params: z.object({ package_id }),
	request: (given) => ({ id: given.package_id }),
	destructive: true,
	deletes: true,
});

export const packages = resource('Package', { list, get, start, stop, listUpdates, uninstall });
