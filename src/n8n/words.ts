import type { AnyOperation } from '../catalog/operation';

/** n8n's vocabulary for what most services can do; other operations are named by their title. */
const VERBS: Record<string, string> = {
	create: 'Create',
	get: 'Get',
	list: 'Get Many',
	update: 'Update',
	delete: 'Delete',
};

// The words that n8n's lint rules leave in lower case inside a title.
const SMALL =
	/^(?:an?|and|as|at|because|but|by|en|for|if|in|neither|nor|of|on|only|or|over|per|so|some|than|that|the|to|up|upon|vs?|versus|via|when|with|without|yet)$/i;

/**
 * "Delete a message" -> "Delete a Message", "Add a to-do" -> "Add a To-Do", "3rd" as it is: words that already hold a capital and those
 * that begin with a digit stay, and no part of a compound is a small word.
 */
export function titleCase(text: string): string {
	return text.replace(/[^\s:–—-]+/g, (word: string, index: number) => {
		const [before = '', after = ''] = [text.charAt(index - 1), text.charAt(index + word.length)];
		const isPart =
			/[\w.]-$/.test(text.slice(0, index)) || (after === '-' && /\w/.test(text.charAt(index + word.length + 1)));
		const isInside = before !== '' && after !== '' && !isPart;
		if (/.[A-Z]/.test(word) || /^\W*\d|\/s$/.test(word)) return word;
		return isInside && SMALL.test(word) ? word : word.replace(/[a-z\u00df-\u00ff]/i, (letter) => letter.toUpperCase());
	});
}

/** "List messages" lists things of one kind, as n8n's "Get many" does; what it lists them of needs the words of the title. */
const PLAIN_LIST = /^List (?!.* (?:as|at|by|in|of|to|with) )(?=.*s$)/;

/** "List messages" -> "Get many messages"; "List files in a folder" stays. */
const manyOf = (title: string): string => title.replace(PLAIN_LIST, 'Get many ');

/** Entry of the list of operations, without articles: "Get Many", "Send Direct Message", "List Members of Channel". */
export const operationLabel = (name: string, { title }: Pick<AnyOperation, 'title'>): string =>
	VERBS[name] ?? titleCase(manyOf(title).replace(/ (?:a|an|the)(?= )/g, ''));

/** Entry of the node picker, as people say it: "Send a message", "Get many channels", "List files in a folder". */
export const actionOf = ({ title }: Pick<AnyOperation, 'title'>): string => manyOf(title);

/** Summary of an operation with what a user must know before choosing it. */
export function summaryOf({ summary: text, destructive }: AnyOperation): string {
	const summary = sentence(text);
	if (!destructive) return summary;
	return summary.endsWith('.') ? `${summary.slice(0, -1)} (destructive).` : `${summary} (destructive)`;
}

/** n8n's punctuation: no period after one sentence, one after several. */
export function sentence(text: string): string {
	const bare = text.replace(/\.$/, '');
	const several = bare.replaceAll('e.g.', '').includes('. ');
	return capital(several ? `${bare}.` : bare)
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;');
}

/** What the node picker shows in one line. */
export const firstSentence = (text: string): string => sentence(text.split(/\. (?=[A-Z])/)[0]!);

/** Descriptions of switches start with "Whether". */
export function whether(text: string): string {
	const full = sentence(text);
	return full.startsWith('Whether') ? full : `Whether to use this: ${full}`;
}

/** "iCalendar" and "eMule" stay as they are. */
const capital = (text: string): string =>
	/^[a-z][A-Z]/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
