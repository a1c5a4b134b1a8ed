import { describe, expect, test } from '@jest/globals';
import { formerlyInN8n, formerlyInNodeRed, identityOf } from '../../src/host/identity';
import type { Place, PollerOptions } from '../../src/host/poll';
import { withNas } from '../support/nas';
import { MemoryPlace } from '../support/place';
import { Node, owner, params, Source } from './pollNode';

describe('a saved place', () => {
	const saved = (place: object) => ({ cursor: { v: 1, at: 1 }, recent: ['1'], ...place });
	const other = async (place: unknown, changes: Partial<PollerOptions> = {}) =>
		await withNas({}, async (scene) => {
			const source = new Source();
			source.list.push(1, 2);
			const node = new Node(scene, source, new MemoryPlace(place), changes);
			await node.poll();
			source.list.push(3);
			await node.poll();
			return { told: node.told, lines: node.lines, saved: node.store.saved as Place };
		});
	const { trigger: declared } = new Source();
	const of = (changes: object = {}, at = owner) => identityOf(declared, at, { ...params, ...changes });

	test('holds when only filters changed', async () => {
		const { told } = await other(saved({ v: 2, of: of({ keyword: 'x', download: false }) }));
		expect(told).toEqual(['2', '3']);
	});

	test.each([
		['https://NAS.example.com:5001/', 'alice'],
		['https://nas.example.com', ' Alice'],
		['nas.example.com:5001', 'alice'],
	])('holds when the connection is only written otherwise: %s, "%s"', async (url, account) => {
		expect((await other(saved({ v: 2, of: of({}, { url, account }) }))).told).toEqual(['2', '3']);
	});

	test.each([
		['another NAS', of({}, { ...owner, url: 'https://other.example.com:5001' }), 'another NAS or account'],
		['another account', of({}, { ...owner, account: 'bob' }), 'another NAS or account'],
		['other parameters', of({ channel: 'b' }), 'watch something else'],
	])('of %s is left: the trigger starts at "now" and says so', async (_, belongs, words) => {
		const { told, lines } = await other(saved({ v: 2, of: belongs }));
		expect(told).toEqual(['3']);
		expect(lines).toEqual([expect.stringContaining(words)]);
	});

	test.each([
		['a text that is none', '{'],
		['a later version', saved({ v: 3, of: of() })],
		['another cursor', saved({ v: 2, of: of(), cursor: { v: 9 } })],
	])('that cannot be read, as %s, is left: the trigger starts at "now" and says so', async (_, place) => {
		const { told, lines } = await other(place);
		expect(told).toEqual(['3']);
		expect(lines).toEqual(['The saved place cannot be read: it starts at "now".']);
	});

	test('of n8n, version 1, is a text under the credential and the form, and is read on', async () => {
		const form = { channel: 'a', list: [7, '8'], keyword: 'x' };
		const formerly = formerlyInN8n('thing', 'c1', form);
		// As version 1 wrote it: sha256(JSON.stringify(["thing","c1",{…}])), 16 digits.
		expect(formerly).toEqual(['84b9a9bee456642a', '3702dbf484f38e5f']);
		for (const hash of formerly) {
			const { told, saved: now } = await other(JSON.stringify(saved({ v: 1, of: hash })), { formerly });
			expect(told).toEqual(['2', '3']);
			expect(now).toEqual({ v: 2, of: of(), cursor: { v: 1, at: 3 }, recent: ['1', '2', '3'] });
		}
	});

	test('of Node-RED, version 1, has no number, and is read on', async () => {
		const formerly = formerlyInNodeRed(declared, owner, params);
		expect(formerly).toEqual(['2b1d623ffc6d0d3ea941fde7fb437808263dbe80723165b1cce0e5c9749782e3']);
		const { told, saved: now } = await other(saved({ of: formerly[0] }), { formerly });
		expect(told).toEqual(['2', '3']);
		expect(now).toMatchObject({ v: 2, of: of() });
	});

	test('of version 1 that belongs to something else is left', async () => {
		const { told, lines } = await other(saved({ of: 'other' }), { formerly: ['mine'] });
		expect(told).toEqual(['3']);
		expect(lines).toHaveLength(1);
	});

	test('shows neither address nor account nor parameters', () => {
		expect(of()).toMatch(/^[0-9a-f]{16}-[0-9a-f]{16}$/);
	});
});
