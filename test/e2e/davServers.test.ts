import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { realHost, memoryStore } from '../../src/core/host';
import { createPool, type Pool } from '../../src/core/pool';
import type { Dsm } from '../../src/core/dsm';
import { explain, serviceOf } from '../../src/services';
import { collectionsOf, type DavKind } from '../../src/catalog/dav';
import { contacts } from '../../src/services/contacts';
import { freePort, startProcess, type Server } from './process.cjs';

const contact = contacts.resources.contact.operations;
const [ACCOUNT, PASSWORD] = ['alice', 'alice-Passw0rd'];
const SILENT = { debug: () => {}, warn: () => {} };
const BASIC = `Basic ${Buffer.from(`${ACCOUNT}:${PASSWORD}`).toString('base64')}`;

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'synoflow-dav-'));
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

/** A server of somebody else, with an address book and a calendar of alice. */
interface Foreign {
	url: string;
	server: Server;
}

const answers = async (url: string, statuses: number[]): Promise<boolean> =>
	statuses.includes((await fetch(url, { headers: { Authorization: BASIC }, redirect: 'manual' })).status);

async function radicale(): Promise<Foreign> {
	const port = await freePort();
	const [users, config] = [path.join(folder, 'users'), path.join(folder, 'radicale')];
	await writeFile(users, `${ACCOUNT}:${PASSWORD}\n`);
	await writeFile(
		config,
		[
			`[server]\nhosts = 127.0.0.1:${port}`,
			`[auth]\ntype = htpasswd\nhtpasswd_filename = ${users}\nhtpasswd_encryption = plain`,
			`[storage]\nfilesystem_folder = ${path.join(folder, 'collections')}`,
		].join('\n'),
	);
	const url = `http://127.0.0.1:${port}`;
	const ready = async () => await answers(`${url}/.web/`, [200, 302]);
	const server = await startProcess('radicale', ['--config', config], { command: '/usr/bin/radicale', ready });
	await make(`${url}/alice/people/`, 'card:addressbook', 'People');
	await make(`${url}/alice/agenda/`, 'cal:calendar', 'Agenda');
	return { url, server };
}

async function xandikos(): Promise<Foreign> {
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const args = ['-d', path.join(folder, 'xandikos'), '-l', '127.0.0.1', '-p', String(port), '--defaults'];
	const ready = async () => await answers(`${url}/`, [200]);
	const own = ['--current-user-principal', '/alice/'];
	return { url, server: await startProcess('xandikos', [...args, ...own], { command: '/usr/bin/xandikos', ready }) };
}

/** MKCOL with its kind and its name (RFC 5689). */
async function make(url: string, type: string, name: string): Promise<void> {
	const names = 'xmlns="DAV:" xmlns:card="urn:ietf:params:xml:ns:carddav" xmlns:cal="urn:ietf:params:xml:ns:caldav"';
	const body = `<mkcol ${names}><set><prop><resourcetype><collection/><${type}/></resourcetype><displayname>${name}</displayname></prop></set></mkcol>`;
	const headers = { Authorization: BASIC, 'Content-Type': 'application/xml' };
	const { status } = await fetch(url, { method: 'MKCOL', body, headers });
	if (status !== 201) throw new Error(`${url}: ${status}`);
}

describe.each([
	['Radicale', radicale, 'People', 'Agenda'],
	['xandikos', xandikos, 'addressbook', 'calendar'],
] as const)('%s', (_, start, book, calendar) => {
	let foreign: Foreign;
	let pool: Pool;
	let dsm: Dsm;

	beforeAll(async () => {
		foreign = await start();
		pool = createPool({
			host: { ...realHost(), store: memoryStore(), log: SILENT },
			explain,
			serviceOf,
			strictResults: true,
		});
		dsm = pool.acquire({ url: foreign.url, account: ACCOUNT, password: PASSWORD }).dsm;
	});
	afterAll(async () => {
		await pool?.close();
		await foreign?.server.stop();
	});

	test('is found by the well-known address, with its address book and its calendar', async () => {
		const names = async (kind: DavKind) => (await collectionsOf(dsm, kind)).map(({ name }) => name);
		expect([await names('carddav'), await names('caldav')]).toEqual([[book], [calendar]]);
	});

	test('takes a contact, and gives it back by list, search and UID; a change keeps the rest; a stale one is refused', async () => {
		const made = await dsm.do(contact.create, {
			full_name: 'Dana Example',
			emails: [{ value: 'dana@example.org', type: 'work' }],
			note: 'Tea, not coffee; "always"',
		});
		expect((await dsm.do(contact.list, {})).map(({ full_name }) => full_name)).toEqual(['Dana Example']);
		expect((await dsm.do(contact.search, { keyword: 'dana@' })).map(({ uid }) => uid)).toEqual([made.uid]);
		const changed = await dsm.do(contact.update, { contact: made.path, company: 'Example Ltd' });
		expect(changed).toMatchObject({
			full_name: 'Dana Example',
			company: 'Example Ltd',
			note: 'Tea, not coffee; "always"',
		});
		const stale = dsm.do(contact.update, { contact: made.path, company: 'Other', etag: made.etag });
		await expect(stale).rejects.toThrow(/changed/);
		await dsm.do(contact.delete, { contact: made.path });
		expect(await dsm.do(contact.list, {})).toEqual([]);
	});
});
