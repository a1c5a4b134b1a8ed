import { afterEach } from '@jest/globals';
import { startSimulator, SettableClock, type Simulator } from '../../src/simulator';
import { chatOf, type ChatState } from '../../src/simulator/services/chat';

export interface Envelope {
	success: boolean;
	data?: any; // the wire edge
	error?: { code: number; errors?: unknown };
}

/** A NAS with Chat whose clock moves only when told, and a plain HTTP client written from chat.md. */
export interface ChatBench {
	simulator: Simulator;
	chat: ChatState;
	clock: SettableClock;
	/** Logs in; the answer sends calls with parameters encoded as JSON values. */
	login(name: string): Promise<Caller>;
}

export type Caller = ((call: string, version: number, params?: Record<string, unknown>) => Promise<Envelope>) & {
	sid: string;
	token: string;
	/** Values as they are, without JSON encoding. */
	bare(call: string, version: number, params: Record<string, string>): Promise<Envelope>;
};

const running: Simulator[] = [];

afterEach(async () => {
	await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

export async function chatBench(): Promise<ChatBench> {
	const clock = new SettableClock();
	const simulator = await startSimulator({ clock });
	running.push(simulator);
	const chat = chatOf(simulator.nas);
	// Most tests are not about the spacing of creates.
	chat.switches.minSpacingMs = 0;
	return { simulator, chat, clock, login: (name) => login(simulator, name) };
}

async function login(simulator: Simulator, name: string): Promise<Caller> {
	const answer = await post(`${simulator.url}/webapi/entry.cgi`, {
		api: 'SYNO.API.Auth',
		version: '6',
		method: 'login',
		account: name,
		passwd: simulator.nas.user(name).password,
		session: 'Chat',
		format: 'sid',
		enable_syno_token: 'yes',
	});
	const { sid, synotoken: token } = answer.data as { sid: string; synotoken: string };
	const bare = (call: string, version: number, params: Record<string, string>) =>
		post(
			`${simulator.url}/webapi/entry.cgi`,
			{ ...routing(call, version), ...params, _sid: sid },
			{ 'X-SYNO-TOKEN': token },
		);
	const json = (call: string, version: number, params: Record<string, unknown> = {}) =>
		bare(call, version, Object.fromEntries(Object.entries(params).map(([key, value]) => [key, JSON.stringify(value)])));
	return Object.assign(json, { sid, token, bare });
}

/** `'Post.create'` to the routing keys of `SYNO.Chat.Post`, method `create`. */
export function routing(call: string, version: number): { api: string; method: string; version: string } {
	const at = call.lastIndexOf('.');
	return { api: `SYNO.Chat.${call.slice(0, at)}`, method: call.slice(at + 1), version: String(version) };
}

export async function post(
	url: string,
	form: Record<string, string>,
	headers: Record<string, string> = {},
): Promise<Envelope> {
	const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form), headers });
	return (await response.json()) as Envelope;
}
