import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { keepBudget } from '../../core/budget';
import type { ConnectionInput } from '../../core/connection';
import { DsmAbortError, isDsmError } from '../../core/errors';
import type { Host } from '../../core/host';
import { PATIENCE, startSignIn, type PendingSignIn } from '../../core/signIn/flow';
import type { SignedIn } from '../../core/signIn/text';
import { helperPage } from './page';

export interface Helper {
	/** To be opened in a browser on this computer. */
	address: string;
	/** The session, once the person has signed in; rejects with what DSM refused, or when nobody came in time. */
	signedIn: Promise<SignedIn>;
	close: () => Promise<void>;
}

/**
 * Listens on loopback for what DSM's page says: the one kind of opener that is proven with every address of the NAS (identity.md 13.2).
 * Throws where the NAS cannot be reached or is too old. `port`: any free one.
 */
export async function openHelper(settings: Partial<ConnectionInput>, host: Host, port = 0): Promise<Helper> {
	// A page of another site that guesses the port still does not know the path.
	const path = `/${randomBytes(9).toString('base64url')}/`;
	const server = createServer();
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const close = async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	};
	let pending: PendingSignIn;
	try {
		pending = await startSignIn(settings, { host, opener: `${origin}${path}` });
	} catch (error) {
		await close();
		throw error;
	}
	const signedIn = new Promise<SignedIn>((resolve, reject) => {
		server.on('request', (request, response) => {
			if (request.headers.host !== new URL(origin).host || !request.url?.startsWith(path)) return end(response, 404);
			if (request.url === path) return end(response, 200, helperPage(pending.address, pending.origin), 'text/html');
			// Only the page itself may send: other pages of the browser have another origin.
			const own = request.headers.origin === origin && request.method === 'POST';
			if (!own || request.url !== `${path}callback`) return end(response, 403);
			void answer(request, response, pending).then(resolve, reject);
		});
		host.later(PATIENCE, () => reject(new DsmAbortError('Nobody signed in within five minutes.')));
	});
	// Whoever waits for it hears of a refusal; that nobody waits yet is no fault.
	signedIn.catch(() => undefined);
	return { address: `${origin}${path}`, signedIn, close };
}

async function answer(request: IncomingMessage, response: ServerResponse, pending: PendingSignIn): Promise<SignedIn> {
	try {
		const value = await pending.complete(await readJson(request));
		say(response, 200, `Signed in as ${value.account}. Close this page, and go back to the terminal.`);
		return value;
	} catch (error) {
		const hint = isDsmError(error) ? (error.hint ?? '') : '';
		say(response, 400, `${(error as Error).message} ${hint}`.trim());
		throw error;
	}
}

async function readJson(request: IncomingMessage): Promise<unknown> {
	let text = '';
	for await (const chunk of request) {
		text += String(chunk);
		keepBudget('signInMessage', text.length);
	}
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

const say = (response: ServerResponse, status: number, message: string): void =>
	end(response, status, JSON.stringify({ message }), 'application/json');

function end(response: ServerResponse, status: number, body = '', type = 'text/plain'): void {
	response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
	response.end(body);
}
