import type { Channel } from './types';

/** What clients are told at once. The real names and contents were not captured (chat.md 10): these are the simulator's own. */
export interface Item {
	name: 'post.create' | 'post.update' | 'post.delete' | 'channel.join' | 'channel.close';
	channel: Channel;
	post_id?: number;
	/** Id of the realtime connection whose user did it: that one is not told (chat.md 5.3). */
	conn_id?: string;
}

/** Hands news to those who listen. */
export class News {
	private readonly listeners = new Set<(item: Item) => void>();

	tell(item: Item): void {
		for (const listener of this.listeners) listener(item);
	}

	/** Tells of everything from now on, until the answered function is called. */
	follow(listener: (item: Item) => void): () => void {
		this.listeners.add(listener);
		return () => void this.listeners.delete(listener);
	}
}
