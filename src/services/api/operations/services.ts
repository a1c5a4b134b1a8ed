import type { BatchAnswer } from '../../../core/dsm';
import { procedure } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { getPrivileges, probes } from '../wire';

interface Probed {
	title: string;
	/** Key of AppPrivilege in Initdata, where the dossiers know it. */
	privilege?: string;
}

const SERVICES: Record<keyof typeof probes, Probed> = {
	file: { title: 'File Station', privilege: 'SYNO.SDS.App.FileStation3.Instance' },
	chat: { title: 'Chat', privilege: 'SYNO.SDS.Chat.Application' },
	drive: { title: 'Drive', privilege: 'SYNO.SDS.Drive.Application' },
	note: { title: 'Note Station' },
	calendar: { title: 'Calendar', privilege: 'SYNO.Cal.Application' },
	contacts: { title: 'Contacts', privilege: 'SYNO.Contacts.AppInstance' },
	audio: { title: 'Audio Station', privilege: 'SYNO.SDS.AudioStation.Application' },
	download: { title: 'Download Station', privilege: 'SYNO.SDS.DownloadStation.Application' },
};
const services = Object.entries(SERVICES).map(([service, probed]) => ({ service, ...probed }));
const calls = services.map(({ service }) => probes[service as keyof typeof probes]);

/** Code: one request for all services, and what each says of itself. */
export const checkServices = procedure({
	title: 'Check the services',
	summary: 'Says which services the account can use, and what is missing for the others.',
	uses: [getPrivileges, ...calls],
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
	async run(_given, dsm) {
		await dsm.apis(calls.map(({ api }) => api));
		const [first, ...others] = await dsm.batch([{ call: getPrivileges }, ...calls.map((call) => ({ call }))]);
		const privileges = 'data' in first ? (first.data.AppPrivilege ?? {}) : {};
		return services.map((one, index) => judge(one, others[index], privileges));
	},
});

function judge(
	{ service, title, privilege: key }: (typeof services)[number],
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
