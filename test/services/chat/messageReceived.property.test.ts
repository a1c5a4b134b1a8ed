import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { withNas } from '../../support/nas';
import { Follower, stage, type Event } from './follow';

type Step =
	| { kind: 'post' | 'conversation'; channel: number }
	| { kind: 'reply' | 'edit' | 'delete'; pick: number }
	| { kind: 'poll' | 'crash' | 'twice' | 'short' | 'session' }
	| { kind: 'clock'; seconds: number };

const pick = fc.nat(1000);
const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 8, arbitrary: fc.record({ kind: fc.constant('post' as const), channel: fc.nat(3) }) },
	{ weight: 5, arbitrary: fc.record({ kind: fc.constant('reply' as const), pick }) },
	{ weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('edit' as const, 'delete' as const), pick }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('conversation' as const), channel: fc.nat(3) }) },
	{ weight: 5, arbitrary: fc.record({ kind: fc.constant('poll' as const) }) },
	{
		weight: 3,
		arbitrary: fc.record({
			kind: fc.constantFrom('crash' as const, 'twice' as const, 'short' as const, 'session' as const),
		}),
	},
	{
		weight: 4,
		arbitrary: fc.record({
			kind: fc.constant('clock' as const),
			seconds: fc.oneof(fc.nat(90), fc.integer({ min: -7200, max: -3601 })),
		}),
	},
);

/** What may differ between releases of Chat (chat.md 5.2, 11.1, 16). */
const release = fc
	.record({
		pageCap: fc.constantFrom(2, 3, 50),
		order: fc.constantFrom('ascending', 'descending'),
		deleted: fc.constantFrom({ deletedAnchor: 'position' }, { deletedAnchor: 'missing' }, { tombstones: true }),
		lastPostMovesBack: fc.boolean(),
	})
	.map(({ deleted, ...rest }) => ({ ...rest, ...deleted }));

/** Plays a history and gives the ids that were told, by polls whose cursor was stored, and those that had to be told. */
async function play(steps: Step[], switches: Record<string, unknown>) {
	return await withNas({}, async (scene) => {
		const { chat, clock } = stage(scene);
		Object.assign(chat.switches, switches);
		const follower = await new Follower(scene.dsm).start();
		const places = ['General', 'ops', 'random', chat.direct('alice', 'bob')];
		const told: Event[] = [];
		const posts: number[] = [];
		const existing = (n: number) =>
			posts
				.map((id) => chat.post(id))
				.filter((post) => post && post.delete_at === 0)
				.at(n % Math.max(1, posts.length));
		const rootOf = (id: number) => chat.anyPost(chat.anyPost(id)!.thread_id || id)!;
		const acts: Record<Step['kind'], (step: never) => unknown> = {
			post: ({ channel }: { channel: number }) =>
				posts.push(chat.postAs('bob', places[channel]!, `post ${posts.length}`).post_id),
			conversation: () => {
				const channel = chat.direct('alice', 'carol', 'bob');
				posts.push(chat.postAs('carol', channel, `conversation ${posts.length}`).post_id);
			},
			reply: ({ pick: n }: { pick: number }) => {
				const root = existing(n) && rootOf(existing(n)!.post_id);
				if (!root || root.delete_at !== 0) return;
				posts.push(chat.postAs('bob', root.channel_id, `reply ${posts.length}`, { thread_id: root.post_id }).post_id);
			},
			edit: ({ pick: n }: { pick: number }) => existing(n) && chat.edit(existing(n)!, `edited ${n}`),
			delete: ({ pick: n }: { pick: number }) => existing(n) && chat.remove(existing(n)!),
			poll: async () => told.push(...(await follower.poll())),
			crash: async () => await follower.poll({ commit: false }),
			twice: async () => told.push(...(await Promise.all([follower.poll(), follower.poll({ commit: false })]))[0]),
			short: async () => told.push(...(await follower.poll({ budget: { left: () => false } }))),
			session: () => scene.simulator.nas.faults.loseSessions(119),
			clock: ({ seconds }: { seconds: number }) => clock.advance(seconds * 1000),
		};
		for (const one of steps) await acts[one.kind](one as never);
		for (let quiet = 0; quiet < 2;) {
			const events = await follower.poll();
			told.push(...events);
			quiet = events.length === 0 && !follower.more ? quiet + 1 : 0;
		}
		// What a person can still see: a reply goes with the message it belongs to.
		const isReachable = (id: number): boolean => chat.anyPost(id)!.delete_at === 0 && rootOf(id).delete_at === 0;
		return { told: told.map(({ post_id }) => Number(post_id)), owed: posts.filter(isReachable), posts };
	});
}

describe('new messages, whatever happens', () => {
	test('none is lost, none is told twice, none is invented', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 40 }), release, async (steps, switches) => {
				const { told, owed, posts } = await play(steps, switches);
				expect(owed.filter((id) => !told.includes(id))).toEqual([]);
				expect(new Set(told).size).toBe(told.length);
				expect(told.filter((id) => !posts.includes(id))).toEqual([]);
			}),
			{ numRuns: Number(process.env.PROPERTY_RUNS ?? 60), timeout: 4000 },
		);
	}, 120_000);
});
