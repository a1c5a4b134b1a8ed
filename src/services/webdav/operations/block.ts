import { operation, resource } from '../../../catalog/operation';
import { DsmApiError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { getAutoBlock, listBlocked } from '../../identity/wire/security';
import { setAutoBlock } from '../wire/people';

const get = operation({
	title: 'Get auto block',
	summary:
		'Says after how many failed logins, those over WebDAV among them, an address is blocked. Needs an administrator.',
	right: 'administrator',
	call: getAutoBlock,
	params: z.object({}),
});

const count = (title: string, description: string, min: number, max: number) =>
	z.coerce.number<number | string>().int().min(min).max(max).optional().meta({ title, description });

/** All four go back: the NAS takes no part of them. */
const update = operation({
	title: 'Update auto block',
	summary:
		'Changes after how many failed logins an address is blocked; what is not given stays. Needs an administrator.',
	right: 'administrator',
	known: { call: getAutoBlock },
	call: setAutoBlock,
	params: z.object({
		enable: z.boolean().optional().meta({ title: 'Enable', description: 'Whether addresses are blocked at all' }),
		attempts: count('Attempts', 'Failed logins after which an address is blocked', 1, 9999),
		within_mins: count('Minutes', 'Minutes within which they count', 1, 9999),
		expire_day: count('Days', 'Days after which the block ends; 0: never', 0, 9999),
	}),
	request: (
		{ enable, attempts, within_mins, expire_day },
		{ enable: on, attempts: most, within_mins: span, expire_day: days },
	) => ({
		enable: enable ?? on,
		attempts: attempts ?? most,
		within_mins: within_mins ?? span,
		expire_day: expire_day ?? days ?? 0,
	}),
	then: { call: getAutoBlock },
	response(_, { params, then }) {
		const left = Object.entries(params).find(([name, value]) => value !== undefined && then[name] !== value);
		if (!left) return then;
		throw new DsmApiError(`The NAS accepted the change of ${left[0]}, but did not apply it.`, {
			hint: 'Change it in Control Panel, Security, Protection.',
		});
	},
	result: getAutoBlock.answer!,
});

const list = operation({
	title: 'List blocked addresses',
	summary: 'Gives the addresses that are blocked after failed logins, or always allowed. Needs an administrator.',
	right: 'administrator',
	call: listBlocked,
	params: z.object({
		type: z
			.enum(['deny', 'allow'])
			.default('deny')
			.meta({ title: 'List', description: 'Which list', labels: { deny: 'Blocked', allow: 'Always allowed' } }),
	}),
});

export const blocks = resource('Block', { get, update, list });
