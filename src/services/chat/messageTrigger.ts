import type { Dsm } from '../../core/dsm';
import type { Basis, Budget, PollAnswer, Trigger } from '../../catalog/operation';
import { trigger } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import type { Filter, MessageEvent } from './events';
import { messageEvent, toEvents } from './events';
import type { FeedCursor, Watching } from './feed';
import { feedCalls, feedCursor, readFeed, sampleFeed, startFeed } from './feed';
import { anyOf } from './fields';
import { chatHints } from './hints';

export const flag = (title: string, description: string, value = false) =>
	z.boolean().default(value).meta({ title, description, advanced: true });

/** The channels that a trigger watches. */
export const channels = anyOf('channel', {
	title: 'Channels',
	description: 'Channels to watch; none: all that the account has joined, except those of bots',
});

export const includeOwn = flag('Include Own', 'Whether messages of the account itself start the flow');
export const includeReplies = flag('Include Replies', 'Whether replies in threads start the flow', true);

interface Story<P extends z.ZodObject> {
	title: string;
	summary: string;
	params: P;
	basis: Basis;
	watching: (given: z.output<P>) => Watching;
	filter: (given: z.output<P>) => Filter;
	file?: Trigger<P, typeof feedCursor, typeof messageEvent>['file'];
}

/** A trigger on new messages of some kind: all kinds read the same feed, in which equal questions are asked once. */
export function messageTrigger<P extends z.ZodObject>({ watching, filter, file, ...told }: Story<P>) {
	type Given = z.output<P>;
	const shared = (dsm: Dsm) => dsm.with({ share: true });
	return trigger<P, typeof feedCursor, typeof messageEvent>({
		...told,
		...(file && { file }),
		wake: chatHints,
		cursor: feedCursor,
		event: messageEvent,
		key: ({ post_id }) => post_id,
		uses: feedCalls,
		start: async (given: Given, dsm: Dsm) => await startFeed(watching(given), shared(dsm)),
		async poll(
			given: Given,
			known: FeedCursor,
			dsm: Dsm,
			budget: Budget,
		): Promise<PollAnswer<FeedCursor, MessageEvent>> {
			const { rows, cursor, more, scenery } = await readFeed(watching(given), known, shared(dsm), budget);
			return { events: toEvents(rows, filter(given), scenery), cursor, ...(more && { more }) };
		},
		async sample(given: Given, dsm: Dsm): Promise<MessageEvent[]> {
			const { rows, scenery } = await sampleFeed(watching(given), shared(dsm));
			return toEvents(rows, filter(given), scenery).slice(-10).reverse();
		},
	});
}
