import { newMessage } from '../../../src/catalog/chat/newMessage';
import { idOf } from '../../../src/catalog/operation';
import type { Dsm } from '../../../src/core/dsm';
import { chatOf } from '../../../src/simulator/behaviours/chat';
import type { SettableClock } from '../../../src/simulator';
import { withNas, type Scene } from '../../support/nas';
import type { z } from '../../../src/vendor/zod';

export type Given = z.input<typeof newMessage.params>;
export type Event = z.output<typeof newMessage.event>;

export const plenty = { left: () => true };

/** What a host does with a trigger: keeps the cursor as JSON, stores it after the events were handed on. */
export class Follower {
	cursor = '';
	more = false;
	readonly #given: z.output<typeof newMessage.params>;

	constructor(
		readonly dsm: Dsm,
		given: Given = {},
	) {
		this.#given = newMessage.params.parse(given);
	}

	async start(): Promise<this> {
		this.cursor = JSON.stringify(newMessage.cursor.parse(await newMessage.start(this.#given, this.bound)));
		return this;
	}

	/** Events of one poll; `commit: false` plays a crash before the cursor was stored. */
	async poll({ commit = true, budget = plenty } = {}): Promise<Event[]> {
		const cursor = newMessage.cursor.parse(JSON.parse(this.cursor));
		const answer = await newMessage.poll(this.#given, cursor, this.bound, budget);
		if (commit) this.cursor = JSON.stringify(newMessage.cursor.parse(answer.cursor));
		this.more = answer.more ?? false;
		return answer.events.map((event) => newMessage.event.parse(event));
	}

	async texts(): Promise<string[]> {
		return (await this.poll()).map(({ text }) => text);
	}

	async sample(): Promise<Event[]> {
		return (await newMessage.sample(this.#given, this.bound)).map((event) => newMessage.event.parse(event));
	}

	private get bound(): Dsm {
		return this.dsm.with({ operation: idOf(newMessage), readOnly: true });
	}
}

/** The Chat of a scene and its clock, both movable by the test. */
export const stage = ({ simulator }: Scene) => ({
	chat: chatOf(simulator.nas),
	clock: simulator.nas.clock as unknown as SettableClock,
	requests: simulator.requests,
});

/** A follower of alice's messages that has just started, a minute before anything happens. */
export async function following(
	given: Given,
	run: (follower: Follower, scene: ReturnType<typeof stage> & { scene: Scene }) => Promise<void>,
) {
	await withNas({}, async (scene) => {
		const place = stage(scene);
		const follower = await new Follower(scene.dsm, given).start();
		place.clock.advance(60_000);
		await run(follower, { ...place, scene });
	});
}
