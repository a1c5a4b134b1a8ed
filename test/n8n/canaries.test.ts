import { expect, test } from '@jest/globals';
import type { INode } from 'n8n-workflow';
import type { ApiReply, ApiRequest } from '../../src/simulator';
import { itemsOf, lines, listenToLog, runNode, synology } from './engine';
import { Poller } from './poller';
import { withNas } from './support';

const WORD = 'Canary-word-7781';
const SECRETS = [
	...['Canary-password-7782', 'Canary-device-7783', 'Canary-header-7784'],
	...[WORD, 'KRUGKICDMFXGC4TZGEZDGNBV'],
];

/** A NAS that repeats in its refusal what it was sent. */
const repeats = ({ raw }: ApiRequest): ApiReply => ({ error: 120, errors: { name: 'x', reason: JSON.stringify(raw) } });

const secret = '={{ $json.word }}';
const nodes: Record<string, INode> = {
	link: synology('synologyFile', {
		resource: 'link',
		operation: 'create',
		paths: { rows: [{ value: { __rl: true, mode: 'path', value: '/docs' } }] },
		password: secret,
	}),
	user: synology('synologyIdentity', {
		resource: 'user',
		operation: 'create',
		name: '={{ $json.name }}',
		password: secret,
	}),
};

test('no secret of a connection or of an item is in what n8n shows, logs or saves', async () => {
	await withNas({ allowUnknown: true }, async ({ simulator, credential, chat }) => {
		listenToLog();
		simulator.nas.setPassword(simulator.account, 'Canary-password-7782');
		const nas = {
			...credential,
			...{ password: 'Canary-password-7782', deviceId: 'Canary-device-7783', otpSecret: 'KRUGKICDMFXGC4TZGEZDGNBV' },
			headers: '{"X-Proxy-Key": "Canary-header-7784"}',
		};
		const seen = new Map<string, string>();
		const run = async (what: string, node: INode, name: string, how: Partial<INode> = {}) => {
			const { status, outputs, error } = await runNode({ ...node, ...how }, itemsOf({ word: WORD, name }), { nas });
			// What a flow put into an item itself is its own: it stands beside the error.
			const items = outputs.flat().map(({ json: { word: _, ...json }, error: failure }) => [json, failure?.message]);
			seen.set(what, JSON.stringify([status, items, error]));
			return status;
		};
		const all = async (when: string, how: Partial<INode> = {}) =>
			await Promise.all(
				Object.entries(nodes).map(async ([id, node]) => await run(`${id} ${when}`, node, `dora-${when.length}`, how)),
			);
		expect(await all('works')).toEqual(['success', 'success']);
		simulator.use({ 'SYNO.FileStation.Sharing.create': repeats, 'SYNO.Core.User.create': repeats });
		expect(await all('is refused')).toEqual(['error', 'error']);
		expect(await all('goes on', { onError: 'continueRegularOutput' })).toEqual(['success', 'success']);
		const poller = new Poller({ nas });
		await poller.tick();
		chat.postAs('bob', 'General', 'news');
		await poller.tick();
		expect(poller.emitted).toHaveLength(1);
		seen.set('static data', JSON.stringify(poller.stored()));
		simulator.nas.setPassword(simulator.account, 'another one');
		simulator.nas.faults.loseSessions(119);
		expect(await all('cannot log in')).toEqual(['error', 'error']);
		seen.set('log', lines.join('\n'));
		seen.set('events', JSON.stringify(poller.emitted));
		seen.set('addresses', JSON.stringify(simulator.requests.map(({ path, query }) => [path, query])));
		const found = [...seen].flatMap(([where, text]) =>
			SECRETS.filter((one) => text.includes(one)).map((one) => `${one} in ${where}`),
		);
		expect(found).toEqual([]);
	});
});
