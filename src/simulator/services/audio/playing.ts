import type { AudioState } from './state';
import type { Player } from './types';

/** Players play in the time of the NAS. */
export class Playing {
	constructor(private readonly state: AudioState) {}

	/** What became of a player since somebody looked last. */
	catchUp(player: Player): void {
		const now = this.state.now();
		if (player.state === 'transitioning') {
			const begins = player.since + this.state.switches.transitionMs;
			if (now < begins) return;
			Object.assign(player, { state: 'playing', since: begins });
		}
		while (player.state === 'playing') {
			const length = this.lengthOf(player);
			const position = player.position + (now - player.since) / 1000;
			if (position < length) return;
			const ended = player.since + (length - player.position) * 1000;
			this.follow(player, ended);
		}
	}

	/** Seconds of the song that is loaded; a station has no end. */
	private lengthOf({ queue, index }: Player): number {
		const id = index === null ? undefined : queue[index];
		if (id === undefined) return 0;
		return id.startsWith('radio_') ? Infinity : Math.max(1, this.state.songs.get(id)?.duration ?? 1);
	}

	/** The song has ended by itself. */
	private follow(player: Player, at: number): void {
		const { repeat, index, queue } = player;
		if (repeat === 'one') return void Object.assign(player, { position: 0, since: at });
		const next = (index ?? -1) + 1;
		if (next < queue.length) Object.assign(player, { index: next, position: 0, since: at });
		else if (repeat === 'all' && queue.length > 0) Object.assign(player, { index: 0, position: 0, since: at });
		else this.end(player, at);
	}

	/** Past the end of the queue nothing is loaded. */
	private end(player: Player, at = this.state.now()): void {
		Object.assign(player, { state: 'stopped', index: null, position: 0, since: at });
	}

	/** Seconds into the song. */
	positionOf(player: Player): number {
		if (player.state !== 'playing') return player.position;
		return player.position + (this.state.now() - player.since) / 1000;
	}

	play(player: Player, index?: number): void {
		this.catchUp(player);
		if (player.queue.length === 0) return;
		const wanted = index ?? player.index ?? 0;
		if (wanted < 0 || wanted >= player.queue.length) return;
		const goesOn = index === undefined && player.state === 'pause';
		const now = this.state.now();
		if (goesOn) return void Object.assign(player, { state: 'playing', since: now });
		const state = this.state.switches.transitionMs > 0 ? 'transitioning' : 'playing';
		Object.assign(player, { index: wanted, position: 0, since: now, state });
	}

	pause(player: Player): void {
		this.catchUp(player);
		if (player.state !== 'playing') return;
		Object.assign(player, { position: this.positionOf(player), state: 'pause', since: this.state.now() });
	}

	stop(player: Player): void {
		this.catchUp(player);
		if (player.state === 'none') return;
		Object.assign(player, { state: 'stopped', position: 0, since: this.state.now() });
	}

	skip(player: Player, by: 1 | -1): void {
		this.catchUp(player);
		if (player.index === null) return;
		const next = player.index + by;
		if (next >= player.queue.length) this.end(player);
		else this.play(player, Math.max(0, next));
	}

	seek(player: Player, seconds: number): void {
		this.catchUp(player);
		Object.assign(player, { position: Math.max(0, seconds), since: this.state.now() });
	}

	/** Takes `limit` entries from `offset` away and puts others there. What plays goes on if it is still there. */
	splice(player: Player, offset: number, limit: number, ids: string[]): void {
		this.catchUp(player);
		const at = offset < 0 ? player.queue.length : Math.min(offset, player.queue.length);
		const count = limit < 0 ? player.queue.length - at : limit;
		const { index } = player;
		player.queue.splice(at, count, ...ids);
		player.queue.splice(this.state.switches.queueMax);
		player.timestamp = Math.max(player.timestamp + 1, Math.floor(this.state.now() / 1000));
		if (index === null) return;
		if (index >= at && index < at + count) this.end(player);
		else if (index >= at + count) player.index = index + ids.length - count;
		if (player.queue.length === 0) Object.assign(player, { state: 'none', index: null, position: 0 });
	}
}
