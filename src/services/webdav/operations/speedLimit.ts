import { operation, resource } from '../../../catalog/operation';
import { DsmApiError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { bandwidth, getBandwidths, listActiveLimits, setBandwidths, type Bandwidth } from '../wire/people';

const PROTOCOL = 'WebDAV';
/** Every hour of the week under the first limit. */
const ALWAYS = '1'.repeat(168);

const who = {
	owner_type: z
		.enum(['local_user', 'local_group'])
		.default('local_user')
		.meta({
			title: 'Type',
			description: 'User or group of the NAS',
			labels: { local_user: 'User', local_group: 'Group' },
		}),
	name: z
		.string()
		.trim()
		.min(1)
		.meta({ title: 'Name', description: 'Name of the user or group', placeholder: 'e.g. alice' }),
};
const ofWho = ({ name, owner_type }: { name: string; owner_type: string }) => ({ name, owner_type });

interface Answer {
	bandwidths: Bandwidth[];
}

/** The row of WebDAV; the NAS gives one for each protocol. */
function limitOf({ bandwidths }: Answer, name: string): Bandwidth {
	const found = bandwidths.find(({ protocol }) => protocol.toLowerCase() === PROTOCOL.toLowerCase());
	if (found) return found;
	throw new DsmApiError(`The NAS tells no speed limit of WebDAV for ${name}.`, {
		hint: 'Check the name and the type; WebDAV Server must be installed.',
	});
}

const get = operation({
	title: 'Get the speed limit',
	summary: 'Gives how fast a user or group may transfer over WebDAV, in kilobytes per second. Needs an administrator.',
	right: 'administrator',
	call: getBandwidths,
	params: z.object(who),
	request: ofWho,
	response: (answer, { params }) => limitOf(answer, params.name),
	result: bandwidth,
});

const speed = (title: string, description: string) =>
	z.coerce.number<number | string>().int().min(0).default(0).meta({ title, description });

/** What is sent back: all that was told but the name for people, with the change. */
function rowWith(known: Answer, name: string, changes: Partial<Bandwidth>): { bandwidths: unknown[] } {
	const { protocol_ui: _shown, ...row } = limitOf(known, name);
	return { bandwidths: [{ upload_limit_2: 0, download_limit_2: 0, schedule_plan: ALWAYS, ...row, ...changes }] };
}

/** Both writes go by the row that was read, and read it again. */
const writing = {
	known: { call: getBandwidths, request: ofWho },
	call: setBandwidths,
	then: { call: getBandwidths, request: ofWho },
	result: bandwidth,
};

function applied({ results }: { results: boolean[] }, after: Bandwidth, isMeant: boolean): Bandwidth {
	if (results.every(Boolean) && isMeant) return after;
	throw new DsmApiError('The NAS accepted the speed limit, but did not apply it.', {
		hint: 'Change it in Control Panel, User & Group, Edit, Speed Limit.',
	});
}

const set = operation({
	...writing,
	title: 'Set the speed limit',
	summary: 'Limits how fast a user or group may transfer over WebDAV at any time. Needs an administrator.',
	right: 'administrator',
	params: z.object({
		...who,
		upload_limit: speed('Upload Limit (KB/s)', 'Kilobytes per second to the NAS; 0: without limit'),
		download_limit: speed('Download Limit (KB/s)', 'Kilobytes per second from the NAS; 0: without limit'),
	}),
	request: ({ name, upload_limit, download_limit }, known) =>
		rowWith(known, name, {
			policy: 'enabled',
			upload_limit_1: upload_limit,
			download_limit_1: download_limit,
			schedule_plan: ALWAYS,
		}),
	response(answer, { params, then }) {
		const after = limitOf(then, params.name);
		const { upload_limit_1, download_limit_1 } = after;
		return applied(answer, after, upload_limit_1 === params.upload_limit && download_limit_1 === params.download_limit);
	},
});

const clear = operation({
	...writing,
	title: 'Clear the speed limit',
	summary: 'Takes the limit of a user or group for WebDAV away. Needs an administrator.',
	right: 'administrator',
	params: z.object(who),
	request: ({ name }, known) => rowWith(known, name, { policy: 'notexist', upload_limit_1: 0, download_limit_1: 0 }),
	response(answer, { params, then }) {
		const after = limitOf(then, params.name);
		return applied(answer, after, after.policy === 'notexist');
	},
	destructive: true,
});

const listActive = operation({
	title: 'List limits in force',
	summary: 'Gives the speed limits that hold just now, in the words of this NAS. Needs an administrator.',
	right: 'administrator',
	call: listActiveLimits,
	params: z.object({}),
});

export const speedLimits = resource('Speed limit', { get, set, clear, listActive });
