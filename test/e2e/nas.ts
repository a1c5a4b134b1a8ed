import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { node24, root } from './process.cjs';

/** A post as SYNO.Chat.Post answers it, as far as the tests look (chat.md 5.1). */
export interface Post {
	post_id: string | number;
	channel_id: number;
	creator_id: number;
	message: string;
	thread_id: string | number;
}

interface Envelope {
	success: boolean;
	data?: unknown;
	error?: { code: number };
}

/** A person at the NAS: plain DSM requests written from core.md 4 and chat.md 4-5, nothing of the project's client. */
export class Person {
	#sid = '';

	constructor(readonly url: string) {}

	async login(account: string, passwd: string): Promise<this> {
		const data = await this.call('SYNO.API.Auth', 6, 'login', { account, passwd, format: 'sid' });
		this.#sid = (data as { sid: string }).sid;
		return this;
	}

	async call(api: string, version: number, method: string, params: Record<string, string>): Promise<unknown> {
		const body = new URLSearchParams({ api, version: String(version), method, ...params });
		if (this.#sid) body.set('_sid', this.#sid);
		const response = await fetch(`${this.url}/webapi/entry.cgi`, { method: 'POST', body });
		const answer = (await response.json()) as Envelope;
		if (!answer.success) throw new Error(`${api} ${method}: code ${answer.error?.code}`);
		return answer.data;
	}

	async channelId(name: string): Promise<number> {
		const { channels } = (await this.call('SYNO.Chat.Channel', 4, 'list', {})) as {
			channels: { channel_id: number; name: string }[];
		};
		const found = channels.find((channel) => channel.name === name);
		if (!found) throw new Error(`No channel ${name} among ${channels.map((channel) => channel.name).join(', ')}.`);
		return found.channel_id;
	}

	async post(channelId: number, message: string): Promise<void> {
		const params = { channel_id: String(channelId), message: JSON.stringify(message), type: '"normal"' };
		await this.call('SYNO.Chat.Post', 5, 'create', params);
	}

	/** The newest posts of the main timeline. */
	async posts(channelId: number): Promise<Post[]> {
		const params = { channel_id: String(channelId), thread_id: '0', prev_count: '20', next_count: '0' };
		return ((await this.call('SYNO.Chat.Post', 8, 'list', params)) as { posts: Post[] }).posts;
	}
}

/** The simulator as users start it, in a process of its own. */
export interface NasServer {
	url: string;
	account: string;
	password: string;
	stop(): Promise<void>;
}

/** Runs the built simulator, as a release if one is named; its first line on stdout is JSON `{ url, account, password }`. */
export async function startNas({ dsm }: { dsm?: string } = {}): Promise<NasServer> {
	const release = dsm === undefined ? [] : ['--dsm', dsm];
	const child = spawn(node24, [path.join(root, 'dist/src/simulator/cli.js'), '--port', '0', ...release], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const seen = JSON.parse(await firstLine(child)) as Omit<NasServer, 'stop'>;
	return { ...seen, stop: () => stop(child) };
}

function firstLine(child: ChildProcess): Promise<string> {
	return new Promise((resolve, reject) => {
		child.once('exit', (code) => reject(new Error(`The simulator ended with ${code}.`)));
		if (child.stdout) createInterface(child.stdout).once('line', resolve);
	});
}

function stop(child: ChildProcess): Promise<void> {
	return new Promise((resolve) => {
		child.once('exit', () => resolve());
		child.kill('SIGTERM');
	});
}
