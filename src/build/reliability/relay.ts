import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** An answer of the NAS, whole. */
interface Answer {
	status: number;
	headers: IncomingMessage['headers'];
	body: Buffer;
}

/** One request on its way, and what may become of it. */
export interface Exchange {
	/** Sends the request on to the NAS, which carries it out; gives its answer. */
	forward: () => Promise<Answer>;
	/** The answer to the client is written here; or its connection is broken. */
	response: ServerResponse;
	/** CardDAV or CalDAV, not the Web API. */
	isDav: boolean;
}

export type Accident = (exchange: Exchange) => Promise<void> | void;

/** A proxy in front of a NAS, in which an accident can happen to the next request, or to all of them. */
export class Relay {
	/** How many requests of interest came by. */
	seen = 0;
	#accident: Accident | undefined;
	#left = 0;
	#hits = /^/;
	readonly #server = createServer((incoming, response) => void this.#pass(incoming, response));

	constructor(private readonly target: URL) {}

	async listen(): Promise<string> {
		await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	/** Happens to requests that `hits` fits. Discovery and login are let through, unless it names them: it is the work itself that is tried. */
	happen(accident: Accident | undefined, times = Infinity, hits = /^/): void {
		this.#accident = accident;
		this.#left = times;
		this.#hits = hits;
	}

	async close(): Promise<void> {
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}

	async #pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
		try {
			const body = await buffer(incoming);
			const { url = '/', method = 'GET' } = incoming;
			const line = `${method} ${url} ${body.subarray(0, 10_000).toString('latin1')}`;
			const isOurs = /\bapi=SYNO\.API\./.test(line) ? /API/.test(this.#hits.source) && this.#hits.test(line) : true;
			const isDav = !url.startsWith('/webapi/');
			const forward = async () => await this.#ask(method, url, incoming.headers, body);
			if (isOurs) this.seen++;
			if (isOurs && this.#accident && this.#hits.test(line) && this.#left-- > 0)
				await this.#accident({ forward, response, isDav });
			else answerWith(response, await forward());
		} catch {
			response.destroy();
		}
	}

	async #ask(method: string, path: string, headers: IncomingMessage['headers'], body: Buffer): Promise<Answer> {
		const { hostname, port } = this.target;
		return await new Promise((resolve, reject) => {
			const sent = request({ hostname, port, method, path, headers }, (answer) => {
				const { statusCode: status = 0 } = answer;
				buffer(answer).then((whole) => resolve({ status, headers: answer.headers, body: whole }), reject);
			});
			sent.on('error', reject).end(body);
		});
	}
}

/** Writes an answer with the right length. */
export function answerWith(response: ServerResponse, { status, headers, body }: Answer): void {
	const { 'transfer-encoding': _, connection: __, ...rest } = headers;
	response.writeHead(status, { ...rest, 'content-length': body.length }).end(body);
}

/** A page of a proxy. */
export function page(
	response: ServerResponse,
	status: number,
	text: string,
	headers: Record<string, string> = {},
): void {
	response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(`<html><body>${text}</body></html>`);
}
