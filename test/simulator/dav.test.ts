import { describe, expect, test } from '@jest/globals';
import { XMLParser } from 'fast-xml-parser';
import { SettableClock, startSimulator, type Simulator } from '../../src/simulator';
import { contactsOf, type ContactsState } from '../../src/simulator/services/contacts/state';

interface Scene {
	simulator: Simulator;
	contacts: ContactsState;
	/** One request of alice, unless another authorization is given. */
	dav: (method: string, path: string, options?: Options) => Promise<Reply>;
}
interface Options {
	body?: string;
	headers?: Record<string, string>;
	as?: string;
}
interface Reply {
	status: number;
	headers: Headers;
	text: string;
	/** Responses of a multi-status, prefixes removed. */
	rows: Record<string, any>[];
	token: string;
}

const parser = new XMLParser({
	removeNSPrefix: true,
	parseTagValue: false,
	isArray: (name) => ['response', 'propstat'].includes(name),
});

/** Requests as any DAV client makes them: no code of the client is used here. */
async function withDav(run: (scene: Scene) => Promise<void>, clock = new SettableClock(Date.now())): Promise<void> {
	const simulator = await startSimulator({ clock });
	const dav: Scene['dav'] = async (method, path, { body, headers = {}, as = 'alice' } = {}) => {
		const authorization = `Basic ${Buffer.from(`${as}:${as}-Passw0rd`).toString('base64')}`;
		const response = await fetch(simulator.url + path, {
			method,
			headers: { authorization, ...headers },
			redirect: 'manual',
			...(body !== undefined && { body }),
		});
		const text = await response.text();
		const root = response.status === 207 ? parser.parse(text).multistatus : {};
		return {
			status: response.status,
			headers: response.headers,
			text,
			rows: root.response ?? [],
			token: String(root['sync-token'] ?? ''),
		};
	};
	try {
		await run({ simulator, contacts: contactsOf(simulator.nas), dav });
	} finally {
		await simulator.close();
	}
}

const HOME = '/carddav/alice/';
const BOOK = '/carddav/alice/alice-contacts/';
const card = (uid: string, name = 'Zed', more: string[] = []) =>
	['BEGIN:VCARD', 'VERSION:3.0', `UID:${uid}`, `FN:${name}`, `N:${name};;;;`, ...more, 'END:VCARD', ''].join('\r\n');
const sync = (token: string) =>
	`<?xml version="1.0"?><sync-collection xmlns="DAV:"><sync-token>${token}</sync-token><sync-level>1</sync-level><prop><getetag/></prop></sync-collection>`;

describe('who asks', () => {
	test('sends the well-known address on, without asking who comes', async () => {
		await withDav(async ({ simulator }) => {
			const { status, headers } = await fetch(`${simulator.url}/.well-known/carddav`, { redirect: 'manual' });
			expect([status, headers.get('location')]).toEqual([301, '/carddav/']);
		});
	});

	test('asks for account and password, and counts failures for Auto Block', async () => {
		await withDav(async ({ simulator, dav }) => {
			const bare = await fetch(`${simulator.url}${HOME}`, { method: 'PROPFIND' });
			expect([bare.status, bare.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="Synology DAV"']);
			const wrong = { headers: { authorization: `Basic ${btoa('alice:wrong')}` } };
			for (let n = 0; n < 10; n++) expect((await dav('PROPFIND', HOME, wrong)).status).toBe(401);
			expect((await dav('PROPFIND', HOME)).status).toBe(403);
		});
	});

	test.each([
		['twofactor', 207],
		['disabled', 401],
		['noapps', 403],
	])('answers %s with %i', async (as, status) => {
		await withDav(async ({ dav }) => {
			expect((await dav('PROPFIND', `/carddav/${as}/`, { as, headers: { depth: '0' } })).status).toBe(status);
		});
	});

	test('shows nobody the home of another, nor anything while the package is stopped', async () => {
		await withDav(async ({ dav, simulator }) => {
			expect((await dav('PROPFIND', '/carddav/bob/')).status).toBe(403);
			simulator.nas.packages.get('Contacts')!.status = 'stop';
			expect((await dav('PROPFIND', HOME)).status).toBe(404);
		});
	});

	test('says what it is able to do', async () => {
		await withDav(async ({ dav }) => {
			const { headers } = await dav('OPTIONS', HOME);
			expect(headers.get('dav')).toBe('1, 2, 3, calendar-access, addressbook, extended-mkcol');
			expect((await dav('COPY', BOOK)).status).toBe(405);
		});
	});
});

describe('properties', () => {
	test('lead from the root to the principal and to the books', async () => {
		await withDav(async ({ dav }) => {
			const body =
				'<d:propfind xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><d:prop><d:current-user-principal/><c:addressbook-home-set/></d:prop></d:propfind>';
			const { rows } = await dav('PROPFIND', '/carddav/', { body, headers: { depth: '0' } });
			expect(rows[0]!.propstat[0].prop).toEqual({
				'current-user-principal': { href: HOME },
				'addressbook-home-set': { href: HOME },
			});
		});
	});

	test('of all books come in one answer, unknown ones with 404', async () => {
		await withDav(async ({ dav }) => {
			const body =
				'<d:propfind xmlns:d="DAV:" xmlns:cs="http://calendarserver.org/ns/" xmlns:o="urn:other"><d:prop><d:displayname/><d:resourcetype/><cs:getctag/><o:shade/></d:prop></d:propfind>';
			const { rows, text } = await dav('PROPFIND', HOME, { body, headers: { depth: '1' } });
			expect(rows.map(({ href }) => href)).toEqual([
				HOME,
				BOOK,
				'/carddav/alice/alice-suppliers/',
				'/carddav/alice/bob-team/',
			]);
			expect(rows[1]!.propstat[0]).toMatchObject({
				prop: {
					displayname: 'My Contacts',
					resourcetype: { collection: '', addressbook: '' },
					getctag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
				},
				status: 'HTTP/1.1 200 OK',
			});
			expect(rows[1]!.propstat[1]).toEqual({ prop: { shade: '' }, status: 'HTTP/1.1 404 Not Found' });
			expect(text).toContain('<X:shade xmlns:X="urn:other"></X:shade>');
		});
	});

	test('are set together or not at all', async () => {
		await withDav(async ({ dav, contacts }) => {
			const patch = (prop: string) =>
				`<d:propertyupdate xmlns:d="DAV:"><d:set><d:prop>${prop}</d:prop></d:set></d:propertyupdate>`;
			const refused = await dav('PROPPATCH', BOOK, {
				body: patch('<d:displayname>New</d:displayname><d:getetag>x</d:getetag>'),
			});
			expect(refused.rows[0]!.propstat.map(({ status }: any) => status)).toEqual([
				'HTTP/1.1 403 Forbidden',
				'HTTP/1.1 424 Failed Dependency',
			]);
			expect(contacts.book('alice').name).toBe('My Contacts');
			await dav('PROPPATCH', BOOK, { body: patch('<d:displayname>New</d:displayname>') });
			expect(contacts.book('alice', 'New').uri).toBe('alice-contacts');
		});
	});

	test('in a body that is no XML are refused', async () => {
		await withDav(async ({ dav }) => {
			expect((await dav('PROPFIND', HOME, { body: '<d:propfind' })).status).toBe(400);
		});
	});
});

describe('cards', () => {
	test('are created, read, replaced only in the version that was read, and deleted', async () => {
		await withDav(async ({ dav }) => {
			const path = `${BOOK}z1.vcf`;
			const first = await dav('PUT', path, { body: card('z1'), headers: { 'if-none-match': '*' } });
			const etag = first.headers.get('etag')!;
			expect([first.status, etag]).toEqual([201, expect.stringMatching(/^"[0-9a-f]{64}"$/)]);
			expect((await dav('PUT', path, { body: card('z1'), headers: { 'if-none-match': '*' } })).status).toBe(412);
			const read = await dav('GET', path);
			expect([read.text, read.headers.get('etag'), read.headers.get('content-type')]).toEqual([
				card('z1'),
				etag,
				'text/vcard; charset=utf-8',
			]);
			expect((await dav('PUT', path, { body: card('z1', 'Zoe'), headers: { 'if-match': etag } })).status).toBe(204);
			expect((await dav('PUT', path, { body: card('z1', 'Zack'), headers: { 'if-match': etag } })).status).toBe(412);
			expect((await dav('DELETE', path, { headers: { 'if-match': etag } })).status).toBe(412);
			expect([(await dav('DELETE', path)).status, (await dav('GET', path)).status]).toEqual([204, 404]);
		});
	});

	test.each([
		['no vCard', `${BOOK}x.vcf`, 'hello', 415],
		['two cards', `${BOOK}x.vcf`, card('a') + card('b'), 415],
		['a card without UID', `${BOOK}x.vcf`, card('a').replace('UID:a\r\n', ''), 415],
		['a UID that is in use', `${BOOK}x.vcf`, card('card-dana'), 409],
		['a card for an unknown book', '/carddav/alice/nowhere/x.vcf', card('x'), 404],
		['a card for a read-only book', '/carddav/alice/bob-team/x.vcf', card('x'), 403],
	])('%s is refused', async (_, path, body, status) => {
		await withDav(async ({ dav }) => {
			expect((await dav('PUT', path, { body })).status).toBe(status);
		});
	});

	test('move between books with their content', async () => {
		await withDav(async ({ dav, contacts }) => {
			const Destination = '/carddav/alice/alice-suppliers/card-dana.vcf';
			expect((await dav('MOVE', `${BOOK}card-dana.vcf`, { headers: { Destination } })).status).toBe(201);
			expect(contacts.card('card-dana').book.name).toBe('Suppliers');
		});
	});

	test('of a whole book come as one file', async () => {
		await withDav(async ({ dav }) => {
			expect((await dav('GET', BOOK)).text.match(/BEGIN:VCARD/g)).toHaveLength(3);
		});
	});
});

describe('reports', () => {
	test('tell what changed since a token, and start anew after an unknown one', async () => {
		await withDav(async ({ dav, contacts }) => {
			const first = await dav('REPORT', BOOK, { body: sync('') });
			expect(first.token).toMatch(/^http:\/\/radicale\.org\/ns\/sync\/[0-9a-f]{64}$/);
			expect(first.rows).toHaveLength(3);
			contacts.deleteCard('card-frank');
			const uid = contacts.saveAs('alice', { uid: 'new', full_name: 'New' });
			const next = await dav('REPORT', BOOK, { body: sync(first.token) });
			expect(next.rows).toEqual([
				{ href: `${BOOK}card-frank.vcf`, status: 'HTTP/1.1 404 Not Found' },
				{
					href: `${BOOK}${uid}.vcf`,
					propstat: [{ prop: { getetag: expect.stringMatching(/^"/) }, status: 'HTTP/1.1 200 OK' }],
				},
			]);
			expect((await dav('REPORT', BOOK, { body: sync(next.token) })).rows).toEqual([]);
			const refused = await dav('REPORT', BOOK, { body: sync('http://radicale.org/ns/sync/0') });
			expect([refused.status, refused.text]).toEqual([
				403,
				expect.stringContaining('<valid-sync-token></valid-sync-token>'),
			]);
		});
	});

	test('forget a token after thirty days without use', async () => {
		const clock = new SettableClock(Date.parse('2026-11-22T12:00:00Z'));
		await withDav(async ({ dav }) => {
			const { token } = await dav('REPORT', BOOK, { body: sync('') });
			clock.advance(2_592_001_000);
			expect((await dav('REPORT', BOOK, { body: sync(token) })).status).toBe(403);
		}, clock);
	});

	test('give several cards at once, with 404 for one that is gone', async () => {
		await withDav(async ({ dav }) => {
			const body = `<c:addressbook-multiget xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><d:prop><d:getetag/><c:address-data/></d:prop><d:href>${BOOK}card-dana.vcf</d:href><d:href>${BOOK}gone.vcf</d:href></c:addressbook-multiget>`;
			const { rows } = await dav('REPORT', BOOK, { body });
			expect(rows[0]!.propstat[0].prop['address-data']).toContain('FN:Dana Example');
			expect(rows[1]).toEqual({ href: `${BOOK}gone.vcf`, status: 'HTTP/1.1 404 Not Found' });
		});
	});

	test.each([
		['EMAIL', 'contains', 'ERIN@', ['card-erin.vcf']],
		['FN', 'starts-with', 'dana', ['card-dana.vcf']],
		['TEL', 'equals', '+44 20 7946 0000', ['card-frank.vcf']],
		['FN', 'ends-with', 'example', ['card-dana.vcf', 'card-erin.vcf', 'card-frank.vcf']],
	])('find cards by %s that %s %s', async (name, how, text, found) => {
		await withDav(async ({ dav }) => {
			const body = `<c:addressbook-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><d:prop><d:getetag/></d:prop><c:filter test="anyof"><c:prop-filter name="${name}"><c:text-match collation="i;unicode-casemap" match-type="${how}">${text}</c:text-match></c:prop-filter></c:filter></c:addressbook-query>`;
			const { rows } = await dav('REPORT', BOOK, { body });
			expect(rows.map(({ href }) => href.slice(BOOK.length)).sort()).toEqual(found);
		});
	});
});

test('books are made with their properties and deleted, but never the default one', async () => {
	await withDav(async ({ dav, contacts }) => {
		const body =
			'<d:mkcol xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><d:set><d:prop><d:resourcetype><d:collection/><c:addressbook/></d:resourcetype><d:displayname>Club</d:displayname></d:prop></d:set></d:mkcol>';
		expect((await dav('MKCOL', '/carddav/alice/club/', { body })).status).toBe(201);
		expect(contacts.book('alice', 'Club').uri).toBe('club');
		expect((await dav('MKCOL', '/carddav/alice/club/', { body })).status).toBe(405);
		expect((await dav('DELETE', '/carddav/alice/club/')).status).toBe(204);
		expect((await dav('DELETE', BOOK)).status).toBe(403);
	});
});
