import { DsmApiError } from '../../../core/errors';
import type { Dsm } from '../../../core/dsm';
import { procedure, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { SERVICE_NAMES, switchedServices, type ServiceName, type Settings } from '../wire/services';

const LABELS: Record<ServiceName, string> = {
	ssh: 'SSH',
	telnet: 'Telnet',
	smb: 'SMB',
	nfs: 'NFS',
	ftp: 'FTP',
	ftps: 'FTPS',
	sftp: 'SFTP',
};
const service = z
	.enum(SERVICE_NAMES as [ServiceName, ...ServiceName[]])
	.meta({ title: 'Service', description: 'Service of DSM', labels: LABELS });

const row = z.looseObject({ service: z.string(), name: z.string(), is_enabled: z.boolean() });
const reads = [...new Set(Object.values(switchedServices).map(({ get }) => get))];
const writes = [...new Set(Object.values(switchedServices).map(({ set }) => set))];

async function settingsOf(dsm: Dsm, { get }: (typeof switchedServices)[ServiceName]): Promise<Settings> {
	return await dsm.call(get, {}, { readOnly: true });
}

const list = procedure({
	title: 'List services',
	summary: 'Says which of SSH, Telnet, SMB, NFS, FTP, FTPS and SFTP are on. Needs an administrator.',
	uses: reads,
	params: z.object({}),
	result: z.array(row),
	readOnly: true,
	async run(_, dsm) {
		const all = await Promise.all(
			SERVICE_NAMES.map(
				async (name) => [name, await settingsOf(dsm.with({ share: true }), switchedServices[name])] as const,
			),
		);
		// What a release does not have, it does not tell.
		return all.flatMap(([name, settings]) => {
			const value = settings[switchedServices[name].flag];
			return typeof value === 'boolean' ? [{ service: name, name: LABELS[name], is_enabled: value }] : [];
		});
	},
});

const inPanel = { hint: 'Switch it in Control Panel: this release of DSM may want other parameters.' };

/** Code: each service has calls of its own. Their flags are inferred: they must be in what is read, before and after. */
const switching = (title: string, summary: string, wanted: boolean) =>
	procedure({
		title,
		summary,
		uses: [...reads, ...writes],
		params: z.object({ service }),
		result: row,
		async run(given, dsm) {
			const one = switchedServices[given.service];
			const before = await settingsOf(dsm, one);
			if (typeof before[one.flag] !== 'boolean')
				throw new DsmApiError(`The NAS does not tell whether ${LABELS[given.service]} is on.`, inPanel);
			if (before[one.flag] !== wanted) await dsm.call(one.set, { ...before, [one.flag]: wanted });
			const after = await settingsOf(dsm, one);
			if (after[one.flag] !== wanted)
				throw new DsmApiError(`The NAS took the call, but ${LABELS[given.service]} is as it was.`, inPanel);
			return { service: given.service, name: LABELS[given.service], is_enabled: wanted };
		},
	});

export const switchables = resource('Service', {
	list,
	enable: switching('Enable a service', 'Switches a service of DSM on. Needs an administrator.', true),
	disable: switching(
		'Disable a service',
		'Switches a service of DSM off: whoever uses it is cut off. Needs an administrator.',
		false,
	),
});
