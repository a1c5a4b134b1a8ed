import type { Call } from '../../core/call';
import type { BatchAnswer } from '../../core/dsm';
import { procedure } from '../../catalog/operation';
import { z } from '../../vendor/zod';

interface Probe {
	service: string;
	title: string;
	/** Key of AppPrivilege in Initdata, where the dossiers know it. */
	privilege?: string;
	/** Cheap read that any user of the service may make. */
	call: Call;
}

/** One cheap read per service (core.md 18 #13; the reads are those that a live probe saw succeed for an ordinary account). */
const probes: readonly Probe[] = [
	{
		service: 'file',
		title: 'File Station',
		privilege: 'SYNO.SDS.App.FileStation3.Instance',
		call: { api: 'SYNO.FileStation.Info', method: 'get', version: 2 },
	},
	{
		service: 'chat',
		title: 'Chat',
		privilege: 'SYNO.SDS.Chat.Application',
		call: { api: 'SYNO.Chat.User', method: 'get', version: 3 },
	},
	{
		service: 'drive',
		title: 'Drive',
		privilege: 'SYNO.SDS.Drive.Application',
		call: { api: 'SYNO.SynologyDrive.Info', method: 'get', version: 2 },
	},
	{ service: 'note', title: 'Note Station', call: { api: 'SYNO.NoteStation.Info', method: 'get', version: 3 } },
	{
		service: 'calendar',
		title: 'Calendar',
		privilege: 'SYNO.Cal.Application',
		call: { api: 'SYNO.Cal.Timezone', method: 'list', version: 5 },
	},
	{
		service: 'contacts',
		title: 'Contacts',
		privilege: 'SYNO.Contacts.AppInstance',
		call: { api: 'SYNO.Contacts.Info', method: 'get', version: 1 },
	},
	{
		service: 'audio',
		title: 'Audio Station',
		privilege: 'SYNO.SDS.AudioStation.Application',
		call: { api: 'SYNO.AudioStation.Info', method: 'getinfo', version: 4 },
	},
	{
		service: 'download',
		title: 'Download Station',
		privilege: 'SYNO.SDS.DownloadStation.Application',
		call: { api: 'SYNO.DownloadStation.Info', method: 'getinfo', version: 1 },
	},
];

const initdata = { api: 'SYNO.Core.Desktop.Initdata', method: 'get', version: 1 } as const;

export const services = procedure({
	title: 'Check the services',
	summary: 'Says which services the account can use, and what is missing for the others.',
	uses: [initdata, ...probes.map(({ call }) => call)],
	params: z.object({}),
	result: z.array(
		z.object({
			service: z.string(),
			title: z.string(),
			installed: z.boolean(),
			/** Absent when the NAS does not say. */
			privilege: z.boolean().optional(),
			usable: z.boolean(),
			reason: z.string(),
			remedy: z.string(),
		}),
	),
	readOnly: true,
	basis: 'capture',
	async run(_given, dsm) {
		await dsm.apis(probes.map(({ call }) => call.api));
		const [data, ...answers] = await dsm.batch([{ call: initdata }, ...probes.map(({ call }) => ({ call }))]);
		const granted =
			(data && 'data' in data ? (data.data as { AppPrivilege?: Record<string, boolean> }) : {})?.AppPrivilege ?? {};
		return probes.map((probe, index) => judge(probe, answers[index], granted));
	},
});

function judge(
	{ service, title, privilege: key }: Probe,
	answer: BatchAnswer | undefined,
	granted: Record<string, boolean>,
) {
	const error = answer && 'error' in answer ? answer.error : undefined;
	const privilege = key === undefined ? undefined : granted[key];
	return {
		service,
		title,
		installed: error?.dsmCode !== 102,
		...(privilege !== undefined && { privilege }),
		usable: error === undefined,
		reason: error?.message ?? '',
		remedy:
			error === undefined
				? ''
				: privilege === false
					? `Grant the account the application privilege "${title}".`
					: (error.hint ?? ''),
	};
}
