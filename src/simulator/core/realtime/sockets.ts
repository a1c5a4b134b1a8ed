import type { Duplex } from 'node:stream';
import { textFrame } from './frames';

/** The realtime channels of a NAS, and what tests change about them. */
export class Sockets {
	/** HTTP status for all who wish for a channel, as of a proxy that lets none through; undefined: they are served. */
	refusal: number | undefined;
	/** Versions of Engine.IO that are spoken; others get 400. */
	versions: readonly number[] = [3, 4];
	/** Milliseconds, as the open packet says. */
	pingInterval = 25_000;
	pingTimeout = 20_000;
	/** Says no more, as when the network is gone but nobody has noticed. */
	mute = false;
	/** Connections that stand now. */
	readonly open = new Set<Duplex>();
	/** The newest packets that clients sent, the oldest first. */
	readonly heard: string[] = [];

	/** Sends a frame to everybody, of one packet or several. */
	say(text: string): void {
		for (const socket of this.open) socket.write(textFrame(text));
	}

	/** Breaks every connection off, without a word. */
	cut(): void {
		for (const socket of this.open) socket.destroy();
	}
}
