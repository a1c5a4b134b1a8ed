import type { Dsm } from '../../../core/dsm';
import type { Budget, PollAnswer, Trigger } from '../../../catalog/operation';
import { trigger } from '../../../catalog/operation';
import type { z } from '../../../vendor/zod';
import { anyOf, flag } from '../fields';
import { messageEvent, toEvents, type Filter, type MessageEvent } from './events';
import {
	messagesCursor,
	newMessageCalls,
	readMessages,
	sampleMessages,
	startMessages,
	type MessagesCursor,
	type Watching,
} from './newMessages';
import { chatSocket } from './realtime';

/** The channels that a trigger watches. */
export const channels = anyOf('channel', {
	title: 'Channels',
	description: 'Channels to watch; none: all that the account has joined, except those of bots',
});

export const include_own = flag('Include Own', 'Whether messages of the account itself start the flow');
export const include_replies = flag('Include Replies', 'Whether replies in threads start the flow', true);

type MessageTrigger<P extends z.ZodObject> = Trigger<P, typeof messagesCursor, typeof messageEvent>;

interface Kind<P extends z.ZodObject> {
	title: string;
	summary: string;
	params: P;
	watching: (given: z.output<P>) => Watching;
	filter: (given: z.output<P>) => Filter;
	/** Parameters that only `filter` reads. */
	filters: readonly (keyof z.output<P> & string)[];
	/** Another choice of fields to simplify to. */
	event?: typeof messageEvent;
	file?: MessageTrigger<P>['file'];
}

/** A trigger on new messages of some kind: all kinds read the same messages, in which equal questions are asked once. */
export function messageTrigger<P extends z.ZodObject>({
	watching,
	filter,
	file,
	event = messageEvent,
	...told
}: Kind<P>): MessageTrigger<P> {
	type Given = z.output<P>;
	const shared = (dsm: Dsm) => dsm.with({ share: true });
	return trigger<P, typeof messagesCursor, typeof messageEvent>({
		...told,
		...(file && { file }),
		wake: chatSocket,
		cursor: messagesCursor,
		event,
		key: ({ post_id }) => post_id,
		uses: newMessageCalls,
		start: async (given: Given, dsm: Dsm) => await startMessages(watching(given), shared(dsm)),
		async poll(
			given: Given,
			known: MessagesCursor,
			dsm: Dsm,
			budget: Budget,
		): Promise<PollAnswer<MessagesCursor, MessageEvent>> {
			const { rows, cursor, more, context } = await readMessages(watching(given), known, shared(dsm), budget);
			return { events: await toEvents(rows, filter(given), context), cursor, ...(more && { more }) };
		},
		async sample(given: Given, dsm: Dsm): Promise<MessageEvent[]> {
			const { rows, context } = await sampleMessages(watching(given), shared(dsm));
			return (await toEvents(rows, filter(given), context)).slice(-10).reverse();
		},
	});
}
