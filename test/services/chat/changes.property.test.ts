import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chat as service } from '../../../src/services/chat';
import type { AnyTrigger } from '../../../src/catalog/operation';
import { Follower, plenty } from '../../support/follow';
import { withNas } from '../../support/nas';
import { iso, stage } from './follow';

const { messageEdited, messagePinned, messageDeleted, memberJoined, memberLeft } = service.triggers;

type Step =
	| { kind: 'post' | 'edit' | 'pin' | 'unpin' | 'delete' | 'join' | 'leave' | 'react'; pick: number }
	| { kind: 'poll' | 'crash' | 'session' };

const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 12,
		arbitrary: fc.record({
			kind: fc.constantFrom(
				...(['post', 'edit', 'edit', 'pin', 'pin', 'unpin', 'delete', 'join', 'leave', 'react'] as const),
			),
			pick: fc.nat(1000),
		}),
	},
	{ weight: 5, arbitrary: fc.record({ kind: fc.constantFrom('poll' as const, 'crash' as const, 'session' as const) }) },
);

const places = ['General', 'ops', 'random'];

/** Plays a history under all five triggers, and gives what they told and what was so. */
async function play(steps: Step[], switches: Record<string, unknown>) {
	return await withNas({}, async (scene) => {
		const { chat, clock } = stage(scene);
		Object.assign(chat.switches, switches);
		const posts = places.flatMap((where) => chat.channel(where).posts);
		const living = (n: number) => {
			const alive = posts.filter((post) => post.delete_at === 0 && post.creator_id !== chat.user('alice').user_id);
			return alive[n % Math.max(1, alive.length)];
		};
		const of = async (trigger: AnyTrigger) => {
			const follower = new Follower(trigger, scene.dsm, {});
			follower.removesRepeats = true;
			return await follower.start();
		};
		clock.advance(60_000);
		const followers = {
			edited: await of(messageEdited),
			pinned: await of(messagePinned),
			deleted: await of(messageDeleted),
			joined: await of(memberJoined),
			left: await of(memberLeft),
		};
		type Told = Record<string, unknown>;
		const told: Record<keyof typeof followers, Told[]> = { edited: [], pinned: [], deleted: [], joined: [], left: [] };
		const members = new Map(places.map((where) => [where, new Set(chat.channel(where).members)]));
		const edited = new Set<number>();
		const pinned = new Set<number>();
		let known = new Set(posts.map(({ post_id }) => post_id));
		const owed = new Set<number>();

		async function poll(commit: boolean): Promise<void> {
			for (const name of Object.keys(followers) as (keyof typeof followers)[]) {
				const follower = followers[name];
				const recent = [...follower.recent];
				const events = (await follower.poll({ commit, budget: plenty })) as Told[];
				if (commit) told[name].push(...events);
				// What a crash swallowed was not handed on.
				else follower.recent = recent;
			}
			if (!commit) return;
			for (const { channel_name, user_id } of told.left.splice(0))
				members.get(String(channel_name))?.delete(Number(user_id));
			for (const { channel_name, user_id } of told.joined.splice(0))
				members.get(String(channel_name))?.add(Number(user_id));
			known = new Set(posts.filter(({ delete_at }) => delete_at === 0).map(({ post_id }) => post_id));
		}

		const acts: Record<string, (pick: number) => unknown> = {
			post: (pick) => posts.push(chat.postAs('bob', places[pick % 3]!, `post ${posts.length}`)),
			edit: (pick) => {
				const post = living(pick);
				if (!post) return;
				chat.edit(post, `${post.message.split(' /')[0]} /${clock.now()}`);
				edited.add(post.post_id);
			},
			pin: (pick) => {
				const post = living(pick);
				if (!post) return;
				chat.pin(post.post_id);
				pinned.add(post.post_id);
			},
			unpin: (pick) => {
				const post = living(pick);
				if (post) post.last_pin_at = 0;
			},
			react: (pick) => living(pick) && chat.touch(living(pick)!),
			delete: (pick) => {
				const post = living(pick);
				if (!post) return;
				chat.remove(post);
				if (known.has(post.post_id)) owed.add(post.post_id);
			},
			join: (pick) => places[pick % 3] !== 'General' && chat.joinAs('carol', places[pick % 3]!),
			leave: (pick) =>
				chat.channel(places[pick % 3]!).members.has(chat.user('carol').user_id) &&
				chat.leaveAs('carol', places[pick % 3]!),
			poll: async () => await poll(true),
			crash: async () => await poll(false),
			session: () => scene.simulator.nas.faults.loseSessions(119),
		};
		for (const one of steps) {
			clock.advance(1000);
			await acts[one.kind]!('pick' in one ? one.pick : 0);
		}
		for (let quiet = 0; quiet < 2; quiet++) await poll(true);
		return { chat, told, posts, edited, pinned, owed, members };
	});
}

describe('changes of messages and members, whatever happens', () => {
	test('none is lost, none is told twice, none is invented', async () => {
		const release = fc.record({ order: fc.constantFrom('ascending', 'descending'), lastPostMovesBack: fc.boolean() });
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 40 }), release, async (steps, switches) => {
				const { chat, told, posts, edited, pinned, owed, members } = await play(steps, switches);
				const last = (rows: Record<string, unknown>[], post_id: number) =>
					rows.filter((row) => Number(row.post_id) === post_id).at(-1);
				for (const post of posts.filter(({ delete_at }) => delete_at === 0)) {
					if (edited.has(post.post_id)) expect(last(told.edited, post.post_id)?.message).toBe(post.message);
					if (pinned.has(post.post_id) && post.last_pin_at > 0)
						expect(last(told.pinned, post.post_id)?.last_pin_at).toBe(iso(post.last_pin_at));
				}
				const once = (rows: Record<string, unknown>[], ...facts: string[]) => {
					const keys = rows.map((row) => facts.map((fact) => row[fact]).join());
					expect(new Set(keys).size).toBe(keys.length);
				};
				once(told.edited, 'post_id', 'message');
				once(told.pinned, 'post_id', 'last_pin_at');
				expect(told.edited.filter(({ post_id }) => !edited.has(Number(post_id)))).toEqual([]);
				expect(told.pinned.filter(({ post_id }) => !pinned.has(Number(post_id)))).toEqual([]);
				expect(told.deleted.map(({ post_id }) => Number(post_id)).sort()).toEqual([...owed].sort());
				for (const where of places)
					expect([...members.get(where)!].sort()).toEqual([...chat.channel(where).members].sort());
			}),
			{ numRuns: Number(process.env.PROPERTY_RUNS ?? 60), timeout: 4000 },
		);
	}, 120_000);
});
