import { afterEach } from '@jest/globals';
import { connect } from 'node:net';
import { SettableClock, startSimulator, type Simulator, type SimulatorOptions } from '../../../src/simulator';
import { chatOf, type ChatState } from '../../../src/simulator/services/chat';

/** A NAS for clients of other people, with a clock that only moves when told. */
export interface Bench {
	nas: Simulator;
	chat: ChatState;
	clock: SettableClock;
	/** `<origin>/webapi/`. */
	webapi: string;
}

const running: Simulator[] = [];

afterEach(async () => {
	await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

export async function bench(options: SimulatorOptions = {}): Promise<Bench> {
	const clock = new SettableClock();
	const nas = await startSimulator({ clock, ...options });
	running.push(nas);
	return { nas, chat: chatOf(nas.nas), clock, webapi: `${nas.url}/webapi/` };
}

export interface Answer {
	status: number;
	headers: Headers;
	text: string;
	success: boolean;
	data: any; // the wire edge
	error: { code: number; errors?: any } | undefined;
}

/** One exchange over plain fetch. */
export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
	const response = await fetch(url, { redirect: 'manual', ...init });
	const text = await response.text();
	const { success = false, data, error } = text.startsWith('{') ? JSON.parse(text) : {};
	return { status: response.status, headers: response.headers, text, success, data, error };
}

/** As Python's `urlencode` writes it: spaces as plus signs. */
export function urlencode(values: Record<string, string | number>): string {
	return new URLSearchParams(
		Object.entries(values).map(([key, value]): [string, string] => [key, String(value)]),
	).toString();
}

export async function postForm(
	url: string,
	values: Record<string, string | number>,
	headers: Record<string, string> = {},
): Promise<Answer> {
	const form = { 'Content-Type': 'application/x-www-form-urlencoded', ...headers };
	return await ask(url, { method: 'POST', body: urlencode(values), headers: form });
}

/** Writes bytes to a new connection and answers what came back until it ended or `quiet` milliseconds passed without bytes. */
export async function exchange(
	origin: string,
	bytes: string | Buffer,
	{ quiet = 150, end = false } = {},
): Promise<string> {
	const { hostname, port } = new URL(origin);
	return await new Promise((resolve) => {
		const socket = connect(Number(port), hostname);
		const chunks: Buffer[] = [];
		let timer = setTimeout(() => socket.destroy(), quiet);
		socket.on('data', (chunk) => {
			chunks.push(chunk);
			clearTimeout(timer);
			timer = setTimeout(() => socket.destroy(), quiet);
		});
		socket.on('error', () => undefined);
		socket.on('close', () => {
			clearTimeout(timer);
			resolve(Buffer.concat(chunks).toString('latin1'));
		});
		socket.write(bytes);
		if (end) socket.end();
	});
}
