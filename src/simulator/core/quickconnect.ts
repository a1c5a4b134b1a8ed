import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { SELF_SIGNED, type TlsPair } from './tls';

/** What the directory knows about one NAS. Unused names show as `"NULL"`, an unset IPv6 address as `"::"`. */
export interface QuickConnectTarget {
	serverID: string;
	/** Port on the LAN. */
	port: number;
	/** 0 = not forwarded. */
	ext_port?: number;
	lan?: string[];
	external?: string;
	ddns?: string;
	fqdn?: string;
	smartdns?: { host: string; external?: string; lan?: string[] };
	/** Answered to `request_tunnel`, and to `get_server_info` too when `relayOpen`. */
	relay?: { host: string; port: number };
	relayOpen?: boolean;
}

/** Targets by QuickConnect id, case-insensitive. */
export type QuickConnectSite = Record<string, QuickConnectTarget>;

export interface QuickConnectOptions {
	/** The first is the global directory, the others are regional ones: it answers their ids with `errno` 4 and `sites`. */
	sites: QuickConnectSite[];
	tls?: boolean | TlsPair;
}

export interface QuickConnectRequest {
	/** Index of the site that was asked. */
	site: number;
	command: string;
	id: string;
	serverID: string;
}

export interface QuickConnect {
	/** `Serv.php` of the global directory. */
	url: string;
	/** `host:port` of every site, as it shows in `sites` and `control_host`. */
	sites: string[];
	requests: QuickConnectRequest[];
	close(): Promise<void>;
}

interface Question {
	command?: string;
	id?: string;
	serverID?: string;
}

/** Starts a stand-in for the QuickConnect directory on loopback (core.md 12). */
export async function startQuickConnect({ sites, tls }: QuickConnectOptions): Promise<QuickConnect> {
	const pair = tls === true ? SELF_SIGNED : tls || undefined;
	const hosts: string[] = [];
	const requests: QuickConnectRequest[] = [];
	const directory = new Directory(sites.map(lowerCased), hosts, requests);
	const servers = sites.map((_, index) => {
		const handler = (request: IncomingMessage, response: ServerResponse): void => {
			serve(directory, index, request, response).catch(() => response.destroy());
		};
		return pair ? createHttpsServer(pair, handler) : createHttpServer(handler);
	});
	for (const server of servers) {
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		hosts.push(`127.0.0.1:${(server.address() as AddressInfo).port}`);
	}
	return {
		url: `${pair ? 'https' : 'http'}://${hosts[0]}/Serv.php`,
		sites: hosts,
		requests,
		async close() {
			for (const server of servers) server.closeAllConnections();
			await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
		},
	};
}

function lowerCased(site: QuickConnectSite): QuickConnectSite {
	return Object.fromEntries(Object.entries(site).map(([id, target]) => [id.toLowerCase(), target]));
}

/** An object in gives an object out, an array an array. */
async function serve(
	directory: Directory,
	site: number,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	if (request.url !== '/Serv.php') return void response.writeHead(404).end();
	const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Question | Question[];
	const answer = Array.isArray(body) ? body.map((one) => directory.answer(site, one)) : directory.answer(site, body);
	response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
}

class Directory {
	constructor(
		private readonly sites: QuickConnectSite[],
		private readonly hosts: string[],
		private readonly requests: QuickConnectRequest[],
	) {}

	answer(site: number, { command = '', id = '', serverID = '' }: Question): Record<string, unknown> {
		this.requests.push({ site, command, id, serverID });
		const head = { command, version: 1 };
		const name = serverID.toLowerCase();
		const target = this.sites[site]?.[name];
		if (target) return { ...head, errno: 0, ...this.describe(site, target, command) };
		const elsewhere = site === 0 && this.sites.slice(1).some((regional) => regional[name]);
		if (elsewhere) return { ...head, errno: 4, suberrno: 2, errinfo: '', sites: this.hosts.slice(1) };
		return { ...head, errno: 4, suberrno: 1, errinfo: 'get_server_info.go:92[Alias not found]' };
	}

	private describe(site: number, target: QuickConnectTarget, command: string): Record<string, unknown> {
		const {
			serverID,
			port,
			ext_port = 0,
			lan = [],
			external = '',
			ddns = 'NULL',
			fqdn = 'NULL',
			smartdns,
			relay,
			relayOpen,
		} = target;
		const showRelay = relay && (command === 'request_tunnel' || relayOpen);
		return {
			env: { relay_region: 'us5', control_host: this.hosts[site] },
			server: {
				serverID,
				ds_state: 'CONNECTED',
				ddns,
				fqdn,
				external: { ip: external, ipv6: '::' },
				interface: lan.map((ip) => ({ ip, mask: '255.255.255.0', name: 'eth0', ipv6: [] })),
				pingpong_path: '/webman/pingpong.cgi?action=cors&quickconnect=true',
			},
			service: {
				port,
				ext_port,
				pingpong: 'DISCONNECTED',
				pingpong_desc: [],
				...(showRelay && {
					relay_ip: external,
					relay_dn: relay.host,
					relay_dualstack: relay.host,
					relay_port: relay.port,
				}),
			},
			...(smartdns && { smartdns: { lan: [], lanv6: [], ...smartdns } }),
		};
	}
}
