import { createHash } from 'node:crypto';
import type { Transport } from '../platform';
import { readText } from './envelope';
import { DsmConnectionError, DsmInputError, DsmProtocolError } from './errors';

export interface QuickConnectOptions {
	/** Address of the first directory server; tests put a stand-in here. */
	directory?: string;
	/** Address of a regional or control server by its host name. */
	server?: (host: string) => string;
}

const DIRECTORY = 'https://global.quickconnect.to/Serv.php';
const PROBE_TIMEOUT = 5_000;

/** Answer of Serv.php; names as DSM's directory sends them (core.md 12). */
interface ServerInfo {
	errno?: number;
	suberrno?: number;
	sites?: string[];
	env?: { control_host?: string };
	server?: {
		serverID?: string;
		ddns?: string;
		fqdn?: string;
		external?: { ip?: string; ipv6?: string };
		interface?: { ip?: string; ipv6?: { address?: string }[] }[];
	};
	service?: { port?: number; ext_port?: number; relay_dn?: string; relay_port?: number };
	smartdns?: { host?: string; external?: string; lan?: string[]; lanv6?: string[] };
}

/**
 * Resolves a QuickConnect id to the best address that answers and proves to be the same NAS: its `ezid` must be the MD5 of the
 * server id, since a LAN address may belong to a machine of another network (core.md 12). Only https addresses are tried.
 */
export async function findNas(id: string, transport: Transport, options: QuickConnectOptions = {}): Promise<string> {
	const server = options.server ?? ((host: string) => `https://${host}/Serv.php`);
	const info = await ask(id, 'get_server_info', transport, options.directory ?? DIRECTORY, server);
	const direct = await firstThatAnswers(candidates(info), serverId(info), transport);
	if (direct) return direct;
	const control = info.env?.control_host;
	if (control) {
		const tunnel = await ask(id, 'request_tunnel', transport, server(control), server);
		const relay = relayAddress(tunnel);
		const relayed = relay && (await firstThatAnswers([relay], serverId(info), transport));
		if (relayed) return relayed;
	}
	throw new DsmConnectionError(`The NAS with the QuickConnect ID "${id}" cannot be reached.`, {
		retryable: true,
		hint: 'Check that the NAS is on and QuickConnect enabled, or enter the address of the NAS itself. Over LAN addresses the certificate does not fit: pin its fingerprint if the direct way is wanted.',
	});
}

const serverId = (info: ServerInfo): string => info.server?.serverID ?? '';

async function ask(
	id: string,
	command: 'get_server_info' | 'request_tunnel',
	transport: Transport,
	address: string,
	server: (host: string) => string,
): Promise<ServerInfo> {
	const info = await post(id, command, transport, address);
	if (info.errno === 0) return info;
	for (const site of info.sites ?? []) {
		const regional = await post(id, command, transport, server(site));
		if (regional.errno === 0) return regional;
	}
	if (info.errno === 4 && !info.sites?.length) {
		throw new DsmInputError(`There is no NAS with the QuickConnect ID "${id}".`, {
			path: ['url'],
			hint: 'Check the spelling in Control Panel, External Access, QuickConnect.',
		});
	}
	throw new DsmConnectionError(`QuickConnect does not know where "${id}" is (errno ${info.errno}).`, {
		retryable: true,
		hint: 'Check that the NAS is on and QuickConnect enabled.',
	});
}

async function post(id: string, command: string, transport: Transport, address: string): Promise<ServerInfo> {
	const request = {
		version: 1,
		command,
		stop_when_error: false,
		stop_when_success: false,
		id: 'mainapp_https',
		serverID: id,
		is_gofile: false,
		path: '',
	};
	const answer = await json(transport, { method: 'POST', url: address, body: JSON.stringify([request]) });
	const first: unknown = Array.isArray(answer) ? answer[0] : answer;
	if (typeof first === 'object' && first !== null) return first;
	throw new DsmProtocolError('QuickConnect gave an answer that cannot be read.', { retryable: true });
}

async function json(
	transport: Transport,
	request: { method: 'GET' | 'POST'; url: string; body?: string },
): Promise<unknown> {
	const limit = AbortSignal.timeout(PROBE_TIMEOUT);
	try {
		const { body } = await transport.send({
			...request,
			headers: { 'content-type': 'application/json' },
			timeout: PROBE_TIMEOUT,
			signal: limit,
		});
		return parsed(await readText(body, 'page'));
	} catch (error) {
		if (!limit.aborted) throw error;
		throw new DsmConnectionError(`${new URL(request.url).host} does not answer.`, {
			cause: error,
			retryable: true,
			hint: 'Check the way from this machine to the internet, or enter the address of the NAS itself.',
		});
	}
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Unused names are the text "NULL", unset IPv6 is "::"; a link-local address needs a zone, which nobody else knows. */
const used = (host: string | undefined): host is string =>
	host !== undefined && host !== '' && host !== 'NULL' && !/^(::|fe80:.*)$/i.test(host);
const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** Addresses to try, best first: LAN, DDNS, the directory's own names, the external address. */
export function candidates({ server, service, smartdns }: ServerInfo): string[] {
	const port = service?.port ?? 5001;
	const outside = service?.ext_port || port;
	const inLan = [
		...(server?.interface ?? []).flatMap(({ ip, ipv6 }) => [ip, ...(ipv6 ?? []).map(({ address }) => address)]),
		...(smartdns?.lan ?? []),
		...(smartdns?.lanv6 ?? []),
	];
	const outsideHosts = [server?.ddns, server?.fqdn];
	const direct = [smartdns?.host, smartdns?.external];
	const external = [server?.external?.ip, server?.external?.ipv6];
	const address = (number: number) => (host: string) => `https://${bracketed(host)}:${number}`;
	return [
		...new Set([
			...inLan.filter(used).map(address(port)),
			...outsideHosts.filter(used).map(address(outside)),
			...direct.filter(used).map(address(port)),
			...external.filter(used).map(address(outside)),
		]),
	];
}

function relayAddress({ service }: ServerInfo): string | undefined {
	return used(service?.relay_dn) && service?.relay_port
		? `https://${service.relay_dn}:${service.relay_port}`
		: undefined;
}

/** Probes all at once and takes the best that is this NAS. */
async function firstThatAnswers(
	addresses: string[],
	server: string,
	transport: Transport,
): Promise<string | undefined> {
	const expected = createHash('md5').update(server).digest('hex');
	const probes = addresses.map(async (address) => (await isNas(address, expected, transport)) && address);
	for (const probe of probes) {
		const address = await probe;
		if (address) return address;
	}
	return undefined;
}

async function isNas(address: string, ezid: string, transport: Transport): Promise<boolean> {
	try {
		const url = `${address}/webman/pingpong.cgi?action=cors&quickconnect=true`;
		const answer = (await json(transport, { method: 'GET', url })) as { success?: boolean; ezid?: string } | undefined;
		return answer?.success === true && answer.ezid === ezid;
	} catch {
		return false;
	}
}
