import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { Simulator } from '../../src/simulator';

/** Plain requests written from the protocol text: no code of the client is used here. */
export interface Answer {
	status: number;
	headers: Headers;
	text: string;
	/** The parsed envelope. */
	json: { success: boolean; data?: any; error?: { code: number; errors?: any } };
}

export type Form = Record<string, string | number>;

/** POST with an urlencoded body. */
export async function post(
	simulator: Simulator,
	form: Form,
	options: { path?: string; headers?: Record<string, string>; query?: Form } = {},
): Promise<Answer> {
	const query = options.query ? `?${encode(options.query)}` : '';
	const url = `${simulator.url}${options.path ?? '/webapi/entry.cgi'}${query}`;
	const headers = { 'Content-Type': 'application/x-www-form-urlencoded', ...options.headers };
	return await read(await fetch(url, { method: 'POST', body: encode(form), headers, redirect: 'manual' }));
}

/** GET with everything in the query. */
export async function get(
	simulator: Simulator,
	query: Form,
	options: { path?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
	const url = `${simulator.url}${options.path ?? '/webapi/entry.cgi'}?${encode(query)}`;
	return await read(await fetch(url, { headers: options.headers ?? {}, redirect: 'manual' }));
}

/** A body of any kind. */
export async function send(url: string, body: string | Buffer, headers: Record<string, string>): Promise<Answer> {
	return await read(await fetch(url, { method: 'POST', body: body as unknown as string, headers }));
}

export interface Login {
	sid: string;
	token: string;
	headers: Record<string, string>;
}

/** Logs in with a token, as `account` (default: the simulator's), and answers what later requests need. */
export async function login(simulator: Simulator, form: Form = {}): Promise<Login> {
	const { json } = await tryLogin(simulator, { enable_syno_token: 'yes', format: 'sid', ...form });
	const { sid, synotoken } = json.data;
	return { sid, token: synotoken, headers: { 'X-SYNO-TOKEN': synotoken } };
}

/** One login attempt, v7 unless told otherwise. */
export async function tryLogin(simulator: Simulator, form: Form = {}): Promise<Answer> {
	const { account = simulator.account, ...rest } = form;
	const passwd = `${account}-Passw0rd`;
	return await post(simulator, { api: 'SYNO.API.Auth', version: 7, method: 'login', account, passwd, ...rest });
}

/** A call of a logged-in account. */
export async function call(
	simulator: Simulator,
	who: Login,
	api: string,
	method: string,
	version: number,
	params: Form = {},
): Promise<Answer> {
	return await post(simulator, { api, method, version, _sid: who.sid, ...params }, { headers: who.headers });
}

/** Parts of a multipart body, in the given order. */
export interface Part {
	name: string;
	value: string | Buffer;
	filename?: string;
	type?: string;
	/** Whole Content-Disposition, instead of the usual one. */
	disposition?: string;
}

export function multipart(parts: Part[], boundary = 'xBOUNDARYx'): Buffer {
	const chunks = parts.flatMap(({ name, value, filename, type, disposition }) => {
		const file = filename === undefined ? '' : `; filename="${filename}"`;
		const header = disposition ?? `form-data; name="${name}"${file}`;
		const typeLine = type === undefined ? '' : `Content-Type: ${type}\r\n`;
		return [
			Buffer.from(`--${boundary}\r\nContent-Disposition: ${header}\r\n${typeLine}\r\n`),
			Buffer.from(value),
			Buffer.from('\r\n'),
		];
	});
	return Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]);
}

/** A request through node:http: chunked bodies, a chosen source address, raw header access. */
export async function raw(
	url: string,
	options: { method?: string; headers?: Record<string, string>; body?: Buffer; localAddress?: string },
): Promise<{ status: number; headers: IncomingHttpHeaders; text: string }> {
	const { body, ...rest } = options;
	return await new Promise((resolve, reject) => {
		const request = httpRequest(url, rest, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('error', reject);
			response.on('end', () =>
				resolve({
					status: response.statusCode ?? 0,
					headers: response.headers,
					text: Buffer.concat(chunks).toString('utf8'),
				}),
			);
		});
		request.on('error', reject);
		if (body) request.write(body);
		request.end();
	});
}

async function read(response: Response): Promise<Answer> {
	const text = await response.text();
	const json = text.startsWith('{') ? JSON.parse(text) : { success: false };
	return { status: response.status, headers: response.headers, text, json };
}

function encode(form: Form): string {
	return new URLSearchParams(
		Object.entries(form).map(([key, value]): [string, string] => [key, String(value)]),
	).toString();
}
