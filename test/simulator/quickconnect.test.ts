import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type QuickConnect, startQuickConnect } from '../../src/simulator/core/quickconnect';

let directory: QuickConnect;

const TARGET = {
	serverID: '0123456789',
	port: 5001,
	lan: ['192.0.2.10'],
	external: '198.51.100.20',
	smartdns: { host: 'example-nas.direct.quickconnect.to' },
	relay: { host: 'synr-us5.example-nas.direct.quickconnect.to', port: 32836 },
};

beforeEach(async () => {
	directory = await startQuickConnect({ sites: [{ Home: TARGET }, {}, { abroad: TARGET }] });
});
afterEach(() => directory.close());

const question = (serverID: string, command = 'get_server_info') => ({
	version: 1,
	command,
	stop_when_error: false,
	id: 'mainapp_https',
	serverID,
});

async function ask(body: unknown, url = directory.url): Promise<any> {
	return await (await fetch(url, { method: 'POST', body: JSON.stringify(body) })).json();
}

test('an id is found whatever its case; the relay shows only after request_tunnel', async () => {
	const [info] = await ask([question('hOME')]);
	expect(info).toMatchObject({
		errno: 0,
		server: { serverID: '0123456789', ddns: 'NULL', external: { ip: '198.51.100.20', ipv6: '::' } },
		service: { port: 5001, ext_port: 0 },
	});
	expect(info.service.relay_dn).toBeUndefined();
	expect(info.env.control_host).toBe(directory.sites[0]);
	const [tunnel] = await ask([question('home', 'request_tunnel')]);
	expect(tunnel.service).toMatchObject({ relay_dn: 'synr-us5.example-nas.direct.quickconnect.to', relay_port: 32836 });
});

test('an object in is an object out', async () => {
	expect(await ask(question('home'))).toMatchObject({ command: 'get_server_info', errno: 0 });
});

test('an id of another region is errno 4 with the sites to ask', async () => {
	const [answer] = await ask([question('abroad')]);
	expect(answer).toEqual({
		command: 'get_server_info',
		version: 1,
		errno: 4,
		suberrno: 2,
		errinfo: '',
		sites: directory.sites.slice(1),
	});
	const [regional] = await ask([question('abroad')], `http://${directory.sites[2]}/Serv.php`);
	expect(regional.errno).toBe(0);
});

test('an unknown id is errno 4 without sites', async () => {
	const [answer] = await ask([question('nobody')]);
	expect(answer).toEqual({
		command: 'get_server_info',
		version: 1,
		errno: 4,
		suberrno: 1,
		errinfo: 'get_server_info.go:92[Alias not found]',
	});
	expect(directory.requests).toEqual([
		{ site: 0, command: 'get_server_info', id: 'mainapp_https', serverID: 'nobody' },
	]);
});
