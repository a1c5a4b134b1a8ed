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

/** "Delete a message" -> "Delete a Message", "Add a to-do" -> "Add a To-Do"; words that already hold a capital stay as they are. */
export function titleCase(text: string): string {
	return text.replace(/[^\s:–—-]+/g, (word: string, index: number) => {
		const inside = index > 0 && index + word.length < text.length;
		if (/.[A-Z]/.test(word)) return word;
		return inside && SMALL.test(word) ? word : word.replace(/[a-z\u00df-\u00ff]/i, (letter) => letter.toUpperCase());
	});
}

/** Title without articles, and "Get many" for "List", as n8n writes both. */
function plain(title: string): string {
	const short = title.replace(/ (?:a|an|the)(?= )/g, '');
	return short.replace(/^List /, 'Get many ');
}

const unverified = ({ basis }: AnyOperation): boolean => basis === 'inferred';

/** Entry of the list of operations: "Get Many", "Send Direct Message". */
export function operationLabel(name: string, operation: AnyOperation): string {
	return `${VERBS[name] ?? titleCase(plain(operation.title))}${unverified(operation) ? ' (Unverified)' : ''}`;
}

/** Entry of the node picker, sentence case without articles: "Send message". n8n's rules allow it words in capitals, but no "APIs" and no names. */
export function actionOf(operation: AnyOperation): string {
	const action = plain(operation.title)
		.replace(/\b([A-Z]{2,})s\b/g, '$1 entries')
		.replaceAll('-', ' ')
		.replace(/(?<= )[A-Z][a-z]+\b/g, (word) => word.toLowerCase());
	return `${action}${unverified(operation) ? ' (UNVERIFIED)' : ''}`;
}

/** Summary of an operation with what a user must know before using it. */
export function summaryOf(operation: AnyOperation): string {
	const marks = [...(unverified(operation) ? ['unverified'] : []), ...(operation.destructive ? ['destructive'] : [])];
	const summary = sentence(operation.summary);
	if (marks.length === 0) return summary;
	return summary.endsWith('.') ? `${summary.slice(0, -1)} (${marks.join(', ')}).` : `${summary} (${marks.join(', ')})`;
}

/** n8n's punctuation: no period after one sentence, one after several. */
export function sentence(text: string): string {
	const bare = text.replace(/\.$/, '');
	const several = bare.replaceAll('e.g.', '').includes('. ');
	return capital(several ? `${bare}.` : bare)
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;');
}

/** Descriptions of switches start with "Whether". */
export function whether(text: string): string {
	const full = sentence(text);
	return full.startsWith('Whether') ? full : `Whether to use this: ${full}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
