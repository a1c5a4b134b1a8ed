import type { Socket } from '../platform';
import type { Host } from './host';
import type { NasHttp } from './http';
import type { Session, SessionHolder } from './session';

/** `on` and `off`: whether hints come; `hint`: something may be new, ask the NAS. What happened before `on` was not hinted at. */
export type Hint = 'on' | 'off' | 'hint';
export type HintListener = (hint: Hint) => void;

/** How a connection ended: `denied` is the channel's own refusal of the session, `silent` that nobody pinged or answered. */
type End = 'unopened' | 'denied' | 'silent' | 'ended';
type Version = 3 | 4;

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30_000;
/** Until the channel must have taken us in. */
const OPEN_LIMIT = 20_000;
/** In version 3 the server joins by itself; one that does not is asked. */
const JOIN_LIMIT = 1000;
/** Several packets in one frame are separated by it. */
const SEPARATOR = '\x1e';

interface HintsContext {
	http: Pick<NasHttp, 'socket'>;
	host: Host;
	sessions: Pick<SessionHolder, 'current'>;
}

/** The socket.io channels of one NAS as wake-up hints (chat.md 10): one connection for each channel, closed with its last listener. */
export class Hints {
	readonly #context: HintsContext;
	readonly #channels = new Map<string, Channel>();
	#isClosed = false;

	constructor(context: HintsContext) {
		this.#context = context;
	}

	/** Listens to the channel at a path from the root of the NAS, until the answered function is called. */
	listen(path: string, listener: HintListener): () => void {
		const channel = this.#channels.get(path) ?? new Channel(path, this.#context);
		this.#channels.set(path, channel);
		const heard: HintListener = (hint) => listener(hint);
		channel.add(heard);
		return () => {
			if (channel.remove(heard) && this.#channels.get(path) === channel) this.#channels.delete(path);
		};
	}

	/** What one user of the connection listens to, to be ended together. */
	hearing(): { listen: Hints['listen']; end: () => void } {
		const ends: (() => void)[] = [];
		let isOver = false;
		return {
			listen: (path, listener) => {
				if (isOver || this.#isClosed) return () => {};
				const end = this.listen(path, listener);
				ends.push(end);
				return end;
			},
			end: () => {
				isOver = true;
				for (const end of ends) end();
			},
		};
	}

	close(): void {
		this.#isClosed = true;
		for (const channel of this.#channels.values()) channel.close();
		this.#channels.clear();
	}
}

/**
 * Keeps one connection open with the session that the calls use. It never logs in: a session that the channel refuses is hinted at
 * once, so that a poll finds out whether it is lost and renews it as calls do.
 */
class Channel {
	readonly #path: string;
	readonly #context: HintsContext;
	readonly #listeners = new Set<HintListener>();
	readonly #abort = new AbortController();
	/** The likelier first. */
	#versions: Version[] = [4, 3];
	#live = false;
	#denied: Session | undefined;
	/** Whether the outage was logged. */
	#told = false;

	constructor(path: string, context: HintsContext) {
		this.#path = path;
		this.#context = context;
		void this.#run(this.#abort.signal);
	}

	add(listener: HintListener): void {
		this.#listeners.add(listener);
		if (this.#live) listener('on');
	}

	/** Whether it was the last one, with which the channel closes. */
	remove(listener: HintListener): boolean {
		if (!this.#listeners.delete(listener) || this.#listeners.size > 0) return false;
		this.close();
		return true;
	}

	close(): void {
		this.#listeners.clear();
		this.#abort.abort();
	}

	async #run(signal: AbortSignal): Promise<void> {
		const { host } = this.#context;
		for (let failures = 0; !signal.aborted; failures++) {
			const start = host.now();
			await this.#attempt(signal);
			// What was open for long starts again at once; what comes and goes is tried ever more seldom.
			if (host.now() - start > LONGEST_PAUSE) failures = 0;
			const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** failures);
			await host.sleep(pause * (0.9 + 0.2 * host.random()), signal).catch(() => undefined);
		}
	}

	/** One connection until its end, in the first version that the channel speaks. */
	async #attempt(signal: AbortSignal): Promise<void> {
		const session = this.#context.sessions.current;
		if (session === undefined || session.botToken !== undefined) return;
		for (const version of this.#versions) {
			const end = await this.#connect(version, session, signal);
			if (signal.aborted) return;
			if (this.#live) this.#say('off');
			// An older server takes a newer client in, and leaves it because that does not ping.
			if (end === 'silent') this.#versions = version === 4 ? [3, 4] : [4, 3];
			if (end === 'denied') this.#deny(session);
			if (end !== 'unopened') return;
		}
		if (!this.#told) this.#context.host.log.debug(`${this.#path} cannot be opened: polling goes on without hints.`);
		this.#told = true;
	}

	async #connect(version: Version, session: Session, signal: AbortSignal): Promise<End> {
		const path = `${this.#path}?EIO=${version}&transport=websocket`;
		const headers = {
			cookie: `id=${session.sid}`,
			...(session.synoToken !== undefined && { 'x-syno-token': session.synoToken }),
		};
		try {
			const socket = await this.#context.http.socket(path, headers);
			return await converse(socket, version, this.#context.host, signal, (heard) => this.#heard(heard, version));
		} catch {
			return 'unopened';
		}
	}

	#heard(hint: 'on' | 'hint', version: Version): void {
		if (hint === 'on') {
			this.#versions = version === 4 ? [4, 3] : [3, 4];
			this.#denied = undefined;
			this.#told = false;
			this.#context.host.log.debug(`${this.#path} is open: events are asked for when it hints at them.`);
		}
		this.#say(hint);
	}

	/** Said once for each session: one that calls take and the channel refuses would be asked about for ever. */
	#deny(session: Session): void {
		if (this.#denied === session) return;
		this.#denied = session;
		this.#say('hint');
	}

	#say(hint: Hint): void {
		if (hint !== 'hint') this.#live = hint === 'on';
		for (const listener of this.#listeners) listener(hint);
	}
}

/** Speaks Engine.IO on a socket until its end. Names and contents of events are not looked at: they were never captured. */
async function converse(
	socket: Socket,
	version: Version,
	{ later }: Host,
	signal: AbortSignal,
	heard: (hint: 'on' | 'hint') => void,
): Promise<End> {
	return await new Promise((resolve) => {
		let isOver = false;
		let isOpen = false;
		let isIn = false;
		let wasHeard = false;
		/** The server should have pinged by now, and has not. */
		let isMissed = false;
		let wasPinged = false;

		const finish = (end: End) => {
			if (isOver) return;
			isOver = true;
			signal.removeEventListener('abort', stop);
			socket.close();
			resolve(end);
		};
		const stop = () => finish('ended');
		const gone = () => finish(!isIn ? 'unopened' : isMissed && !wasPinged ? 'silent' : 'ended');
		const every = (milliseconds: number, run: () => void) =>
			later(milliseconds, () => {
				if (isOver) return;
				run();
				every(milliseconds, run);
			});

		const opened = (text: string) => {
			if (isOpen) return;
			isOpen = true;
			const { pingInterval, pingTimeout } = timesOf(text);
			every(pingInterval + pingTimeout, () => {
				if (!wasHeard) finish(isIn ? 'silent' : 'unopened');
				wasHeard = false;
			});
			if (version === 4) {
				later(pingInterval + pingTimeout / 2, () => (isMissed = true));
				return socket.send('40');
			}
			every(pingInterval, () => socket.send('2'));
			later(JOIN_LIMIT, () => {
				if (!isOver && !isIn) socket.send('40');
			});
		};
		const pinged = (text: string) => {
			wasPinged = true;
			socket.send(`3${text}`);
		};
		const take = (packet: string) => {
			if (packet.startsWith('0')) opened(packet.slice(1));
			else if (packet.startsWith('2')) pinged(packet.slice(1));
			else if (packet.startsWith('42')) heard('hint');
			else if (packet.startsWith('44')) finish('denied');
			else if (packet.startsWith('41') || packet === '1') gone();
			else if (packet.startsWith('40') && !isIn) {
				isIn = true;
				heard('on');
			}
		};

		socket.addEventListener('message', ({ data }) => {
			wasHeard = true;
			for (const packet of String(data).split(SEPARATOR)) if (!isOver) take(packet);
		});
		socket.addEventListener('close', gone);
		socket.addEventListener('error', gone);
		signal.addEventListener('abort', stop);
		later(OPEN_LIMIT, () => {
			if (!isIn) finish('unopened');
		});
		if (signal.aborted) stop();
	});
}

/** What the open packet says of pings; those of every Engine.IO when it cannot be read. */
function timesOf(text: string): { pingInterval: number; pingTimeout: number } {
	const usual = { pingInterval: 25_000, pingTimeout: 20_000 };
	try {
		const told = JSON.parse(text) as Partial<typeof usual>;
		const isFit = (value: unknown): value is number => typeof value === 'number' && value >= 1000 && value <= 3_600_000;
		return {
			pingInterval: isFit(told.pingInterval) ? told.pingInterval : usual.pingInterval,
			pingTimeout: isFit(told.pingTimeout) ? told.pingTimeout : usual.pingTimeout,
		};
	} catch {
		return usual;
	}
}
