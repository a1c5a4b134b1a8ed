import { describe, expect, test } from '@jest/globals';
import { audioOf } from '../../../src/simulator/services/audio';
import { calendarOf } from '../../../src/simulator/services/calendar/state';
import probe from '../../../src/simulator/data/probe.json';
import { type Answer, bench, postForm } from './nas';

/** What a device answered: `ok`, a code, or HTTP without an envelope (`httpNone`, `http200`). */
function kind({ text, success, error }: Answer): string | number {
	if (!text.startsWith('{')) return 'no envelope';
	return success ? 'ok' : (error?.code ?? 0);
}

describe('a probe that calls every reading method without parameters, as an ordinary account', () => {
	test('gets what a device answered', async () => {
		const { webapi, nas } = await bench({ account: 'user', allowUnknown: true });
		// The account of the probe could use players of Audio Station, and had never opened Calendar.
		audioOf(nas.nas).privileges.set('bob', new Set(['remote_player']));
		calendarOf(nas.nas).opened.delete('bob');
		const login = {
			api: 'SYNO.API.Auth',
			version: 6,
			method: 'login',
			account: 'bob',
			passwd: 'bob-Passw0rd',
			format: 'sid',
		};
		const { sid } = (await postForm(`${webapi}entry.cgi`, { ...login, session: 'FileStation' })).data;
		const calls = Object.entries(probe as Record<string, Record<string, string | number>>).flatMap(([api, methods]) =>
			Object.entries(methods).map(([method, recorded]) => ({ api, method, recorded })),
		);
		expect(calls).toHaveLength(927);
		const differing: string[] = [];
		for (const { api, method, recorded } of calls) {
			const { path, maxVersion: version } = nas.nas.apis.get(api) as { path: string; maxVersion: number };
			const answer = await postForm(`${webapi}${path}`, { api, method, version, _sid: sid });
			// That it went well says nothing of the data: such a call is not answered at all, unless it is simulated.
			if (recorded === 'ok' && answer.status === 501) continue;
			const got = kind(answer);
			const wanted = typeof recorded === 'string' && recorded.startsWith('http') ? 'no envelope' : recorded;
			if (got !== wanted) differing.push(`${api} ${method}: ${got} instead of ${wanted}`);
		}
		expect(differing).toEqual([]);
	});

	test('gets the texts of Chat', async () => {
		const { webapi } = await bench({ account: 'user' });
		const login = {
			api: 'SYNO.API.Auth',
			version: 6,
			method: 'login',
			account: 'bob',
			passwd: 'bob-Passw0rd',
			format: 'sid',
		};
		const { sid } = (await postForm(`${webapi}entry.cgi`, login)).data;
		const error = async (api: string, method: string, version: number) =>
			(await postForm(`${webapi}entry.cgi`, { api: `SYNO.Chat.${api}`, method, version, _sid: sid })).error;
		expect(await error('Archive', 'list', 1)).toEqual({ code: 101, errors: 'bad type' });
		expect(await error('Channel', 'get', 5)).toEqual({ code: 401, errors: 'user not in channel' });
		expect(await error('Post', 'list', 8)).toEqual({ code: 403, errors: 'no such channel' });
		expect(await error('Chatbot', 'get', 1)).toEqual({ code: 105, errors: 'no chatbot permission' });
		expect(await error('Webhook.Slash', 'get', 2)).toEqual({ code: 105, errors: 'no webhook permission' });
		expect(await error('Webhook.Incoming', 'get', 1)).toEqual({ code: 117, errors: 'cannot get webhook incoming' });
		expect(await error('Post.Reminder', 'get', 1)).toEqual({ code: 402, errors: 'post not found' });
	});
});
