import { messageReceived } from '../../../src/services/chat/triggers/messageReceived';
import type { Dsm } from '../../../src/core/dsm';
import { chatOf } from '../../../src/simulator/services/chat';
import { clockOf, Follower as AnyFollower, following as followingAny } from '../../support/follow';
import type { Scene } from '../../support/nas';
import type { z } from '../../../src/vendor/zod';

export { plenty } from '../../support/follow';
export { iso } from '../../support/iso';

export type Given = z.input<typeof messageReceived.params>;
export type Event = z.output<typeof messageReceived.event>;

/** A follower of new messages. */
export class Follower extends AnyFollower<
	typeof messageReceived.params,
	typeof messageReceived.cursor,
	typeof messageReceived.event
> {
	constructor(dsm: Dsm, given: Given = {}) {
		super(messageReceived, dsm, given);
	}

	async texts(): Promise<string[]> {
		return (await this.poll()).map(({ text }) => text);
	}
}

/** The Chat of a scene and its clock, both movable by the test. */
export const stage = (scene: Scene) => ({
	chat: chatOf(scene.simulator.nas),
	clock: clockOf(scene),
	requests: scene.simulator.requests,
});

/** A follower of alice's messages that has just started, a minute before anything happens. */
export async function following(
	given: Given,
	run: (follower: Follower, scene: ReturnType<typeof stage> & { scene: Scene }) => Promise<void>,
) {
	await followingAny(messageReceived, given, async ({ cursor }, scene) => {
		const follower = Object.assign(new Follower(scene.dsm, given), { cursor });
		await run(follower, { ...stage(scene), scene });
	});
}
