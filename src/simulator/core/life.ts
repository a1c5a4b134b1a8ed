import { services } from '../services';
import type { Nas } from './nas';

export interface LifeOptions {
	/** Milliseconds between two events; the first comes within two seconds. Default 4000. */
	everyMs?: number;
	/** Most posts of a channel that are kept, so that a demo may run for weeks. Default 500. */
	keepPosts?: number;
	/** What happens, by service; default everything. */
	scenes?: readonly (readonly Scene[])[];
}

/** Soon enough for somebody who has just opened the editor. */
const FIRST_MS = 1500;

/** Something that happens on the NAS; gets the number of the round to vary its text. */
export type Scene = (nas: Nas, round: number) => void | Promise<void>;

/**
 * Lets things happen by themselves, one event every `everyMs`, each service in its turn. The timer does not keep the process alive.
 */
export function startLife(simulator: { nas: Nas }, options: LifeOptions = {}): { stop(): void } {
	const { everyMs = 4000, keepPosts = 500, scenes = services.map((service) => service.scenes) } = options;
	for (const { keepSmall } of services) keepSmall?.(simulator.nas, { posts: keepPosts });
	let count = 0;
	let timer = setTimeout(next, Math.min(everyMs, FIRST_MS));
	timer.unref();
	function next(): void {
		void play(simulator.nas, scenes, count);
		count += 1;
		timer = setTimeout(next, everyMs);
		timer.unref();
	}
	return { stop: () => clearTimeout(timer) };
}

async function play(nas: Nas, all: readonly (readonly Scene[])[], count: number): Promise<void> {
	const scenes = all[count % all.length] as Scene[];
	const turn = Math.floor(count / all.length);
	const scene = scenes[turn % scenes.length] as Scene;
	try {
		await scene(nas, Math.floor(turn / scenes.length));
	} catch {
		// Visitors of the demo may remove a channel or a member: that scene is over, the others go on.
	}
}
