import { describe, expect, test } from '@jest/globals';
import { chat as service } from '../../../src/services/chat';
import type { AnyTrigger } from '../../../src/catalog/operation';
import { digest } from '../../../src/catalog/sources';
import { Follower } from '../../support/follow';
import { withNas } from '../../support/nas';
import { stage } from './follow';

type Stage = ReturnType<typeof stage>;
interface Saved {
	/** What was saved before ids were text and moments ISO 8601. */
	cursor: (stage: Stage) => Record<string, unknown>;
	before?: (stage: Stage) => void;
	happen: (stage: Stage) => void;
	seen: Record<string, unknown>;
	given?: object;
}

const everyone = ({ chat }: Stage) => [...chat.channels.values()];
const joined = (all: Stage) => everyone(all).filter(({ members }) => members.has(all.chat.user('alice').user_id));
const postsOf = (all: Stage) => joined(all).flatMap(({ posts }) => posts);
const me = ({ chat }: Stage) => chat.user('alice').user_id;
const ids = (all: Stage) =>
	joined(all)
		.filter(({ type }) => type !== 'synobot')
		.map(({ channel_id }) => channel_id);

/** By channel: the newest main post, when it was written, and the newest of all. */
const places = (all: Stage) =>
	Object.fromEntries(
		joined(all)
			.filter(({ type }) => type !== 'synobot')
			.map(({ channel_id, posts }) => {
				const main = posts.filter(({ thread_id, post_id }) => thread_id === 0 || thread_id === post_id).at(-1)!;
				const floor = posts.at(-1)!.post_id;
				return [channel_id, { last_id: main.post_id, last_post_at: main.create_at, floor }];
			}),
	);
const messages = (all: Stage) => ({
	v: 1,
	me: me(all),
	at: all.clock.now(),
	channels: places(all),
	threads: Object.fromEntries(
		postsOf(all)
			.filter(({ comment_count }) => comment_count > 0)
			.map((root) => {
				const last = postsOf(all).findLast(
					({ thread_id, post_id }) => thread_id === root.post_id && post_id !== thread_id,
				);
				return [root.post_id, [root.comment_count, root.last_comment_at, last!.post_id]];
			}),
	),
});

/** A message that all of them know. */
const known = ({ chat }: Stage) => chat.channel('General').posts[1]!;

const saved: Record<string, Saved> = {
	messageReceived: {
		cursor: messages,
		happen: ({ chat }) => chat.postAs('bob', 'General', 'after'),
		seen: { text: 'after' },
	},
	replyReceived: {
		cursor: messages,
		happen: ({ chat }) => {
			const root = chat.channel('ops').posts.find(({ comment_count }) => comment_count > 0)!;
			chat.postAs('bob', 'ops', 'one more', { thread_id: root.post_id });
		},
		seen: { text: 'one more' },
	},
	messageEdited: {
		cursor: (all) => ({
			...{ v: 1, me: me(all), at: all.clock.now(), floor: 0, channels: ids(all) },
			seen: Object.fromEntries(
				postsOf(all).map(({ post_id, update_at, message }) => [post_id, [update_at, digest(message)]]),
			),
		}),
		happen: (all) => all.chat.edit(known(all), 'mended'),
		seen: { text: 'mended' },
	},
	messagePinned: {
		before: (all) => all.chat.pin(all.chat.channel('General').posts[0]!.post_id),
		cursor: (all) => ({
			...{ v: 1, me: me(all), at: all.clock.now(), floor: 0, channels: ids(all) },
			seen: Object.fromEntries(
				postsOf(all)
					.filter(({ last_pin_at }) => last_pin_at > 0)
					.map(({ post_id, last_pin_at }) => [post_id, [last_pin_at, String(last_pin_at)]]),
			),
		}),
		happen: (all) => all.chat.pin(known(all).post_id),
		seen: { is_reply: false, channel_name: 'General' },
	},
	messageDeleted: {
		cursor: (all) => ({
			...{ v: 1, me: me(all), channels: ids(all) },
			seen: Object.fromEntries(
				postsOf(all).map(({ post_id, creator_id, create_at }) => [post_id, [creator_id, create_at]]),
			),
		}),
		happen: (all) => all.chat.remove(known(all)),
		seen: { channel_name: 'General', creator_name: 'Bob' },
	},
	pollClosed: {
		before: ({ chat }) => void chat.askAs('bob', 'General', 'Lunch?', ['Pizza']),
		cursor: (all) => ({
			...{ v: 1, feed: messages(all) },
			open: postsOf(all)
				.filter(({ vote }) => vote?.state === 'open')
				.map(({ post_id }) => post_id),
		}),
		happen: (all) => {
			const { chat } = all;
			chat.closeAs('bob', postsOf(all).find(({ message }) => message === 'Lunch?')!.post_id);
		},
		seen: { text: 'Lunch?', poll_state: 'close' },
	},
	channelAdded: {
		cursor: (all) => ({
			...{ v: 1, seq: 3 },
			items: Object.fromEntries(
				everyone(all).map(({ channel_id, members }) => [channel_id, [members.has(me(all)) ? 'joined' : '']]),
			),
		}),
		happen: ({ chat }) => chat.openChannel('bob', { name: 'launch', type: 'private' }, ['alice']),
		seen: { channel_name: 'launch', change: 'created' },
	},
	memberJoined: {
		cursor: (all) => ({
			...{ v: 1, seq: 3 },
			items: Object.fromEntries(
				joined(all).map(({ channel_id, members }) => [
					channel_id,
					[digest([...members].sort()), ...[...members].map(String)],
				]),
			),
		}),
		happen: ({ chat }) => chat.joinAs('carol', 'ops'),
		seen: { channel_name: 'ops', username: 'carol' },
	},
	unreadReached: {
		given: { threshold: 100 },
		cursor: (all) => ({ v: 1, seq: 0, items: Object.fromEntries(ids(all).map((id) => [id, ['']])) }),
		happen: ({ chat }) => {
			for (let n = 0; n < 100; n++) chat.postAs('bob', 'ops', `noise ${n}`);
		},
		seen: { channel_name: 'ops' },
	},
	reminderDue: {
		before: (all) => all.chat.remindAs('alice', known(all).post_id, all.clock.now() + 30_000),
		cursor: (all) => ({
			...{ v: 1, next: 0, at: all.clock.now() },
			channels: Object.fromEntries(
				ids(all).map((id) => [
					id,
					{ v: 1, at: all.clock.now(), told: {}, wake: id === 1 ? all.clock.now() + 30_000 : 0 },
				]),
			),
		}),
		happen: ({ clock }) => clock.advance(60_000),
		seen: { channel_name: 'General', late: true },
	},
	scheduledMessageSent: {
		before: ({ chat, clock }) => void chat.scheduleAs('alice', 'General', 'Time for tea', clock.now() + 30_000),
		cursor: (all) => ({
			...{ v: 1, me: me(all), next: 0, at: all.clock.now() },
			channels: Object.fromEntries(
				ids(all).map((id) => [
					id,
					Object.fromEntries(
						[...all.chat.schedule].flatMap(([job, { channel_id, send_at, message }]) =>
							channel_id === id ? [[job, [send_at, digest(message)]]] : [],
						),
					),
				]),
			),
		}),
		happen: ({ clock }) => clock.advance(60_000),
		seen: { text: 'Time for tea' },
	},
};

describe('a place that was saved when ids were numbers and moments milliseconds', () => {
	test.each(Object.entries(saved))(
		'of %s is gone on from, with what came since and nothing else',
		async (name, story) => {
			await withNas({}, async (scene) => {
				const all = stage(scene);
				all.clock.advance(60_000);
				story.before?.(all);
				all.clock.advance(10_000);
				const trigger = service.triggers[name as keyof typeof service.triggers] as AnyTrigger;
				const follower = new Follower(trigger, scene.dsm, story.given ?? {});
				follower.cursor = JSON.stringify(story.cursor(all));
				expect(await follower.poll()).toEqual([]);
				all.clock.advance(10_000);
				story.happen(all);
				all.clock.advance(10_000);
				expect(await follower.drain()).toMatchObject([story.seen]);
			});
		},
	);
});
