import type { BehaviourTable } from '../../core/behaviour';
import { behaviour, done, joinedChannel, readablePost } from './call';
import { requiredText } from './params';
import { refuse } from './refusal';
import type { Post } from './types';

/**
 * Hashtags (chat.md 4.7, 5.13). Parameters and shapes were not captured: `hashtag` and a list of rows that hold it are inferred.
 */
export const hashtagBehaviours: BehaviourTable = {
	'SYNO.Chat.Channel.Hashtag.list': behaviour((call) => {
		const living = joinedChannel(call, 401).posts.filter((post) => post.delete_at === 0);
		const tags = [...new Set(living.flatMap(tagsOf))].sort();
		return { data: { hashtags: tags.map((hashtag) => ({ hashtag })) } };
	}),
	'SYNO.Chat.Post.Hashtag.set': behaviour((call) => {
		const post = readablePost(call);
		post.hashtags.add(tagIn(call.params));
		call.chat.touch(post);
		return done;
	}),
	'SYNO.Chat.Post.Hashtag.delete': behaviour((call) => {
		const post = readablePost(call);
		post.hashtags.delete(tagIn(call.params));
		call.chat.touch(post);
		return done;
	}),
};

/** Those typed in the text are recognised by the server. */
function tagsOf(post: Post): string[] {
	const typed = [...post.message.matchAll(/(?<!\S)#([\p{L}\p{N}_-]+)/gu)].map((match) => match[1] as string);
	return [...typed, ...post.hashtags];
}

function tagIn(params: Record<string, unknown>): string {
	const tag = requiredText(params, 'hashtag').replace(/^#/, '');
	return tag === '' ? refuse(101) : tag;
}
