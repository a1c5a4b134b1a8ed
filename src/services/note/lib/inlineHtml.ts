import type { MarkdownIt } from '../../../vendor/markdown';
import { keptTag, type KeptTag } from './noteHtml';

type Token = ReturnType<MarkdownIt['parse']>[number];

/** Elements of which Note Station has a form of its own. */
const FORMS: Record<string, readonly [string, string]> = {
	strong: ['<b>', '</b>'],
	em: ['<i>', '</i>'],
	s: ['<span style="text-decoration: line-through;">', '</span>'],
	del: ['<span style="text-decoration: line-through;">', '</span>'],
	strike: ['<span style="text-decoration: line-through;">', '</span>'],
	code: ['<span style="font-family: monospace;">', '</span>'],
};

const formOf = ({ name, kind, text }: KeptTag): string => FORMS[name]?.[kind === 'close' ? 1 : 0] ?? text;

/**
 * Tags among the tokens of one text that stay HTML, by token: those that a note may hold and that are complete, each element within what
 * Markdown has open there. Others are text.
 */
export function htmlAmong(tokens: readonly Token[]): Map<Token, string> {
	const kept = new Map<Token, string>();
	const open: { token: Token; tag?: KeptTag }[] = [];
	for (const token of tokens) {
		if (token.nesting === 1) open.push({ token });
		else if (token.nesting === -1) {
			while (open.length > 0 && open.pop()!.tag !== undefined);
		} else if (token.type === 'html_inline') {
			const tag = keptTag(token.content);
			if (tag?.kind === 'empty') kept.set(token, formOf(tag));
			else if (tag?.kind === 'open') open.push({ token, tag });
			else if (tag && open.at(-1)?.tag?.name === tag.name) {
				const start = open.pop()!;
				kept.set(start.token, formOf(start.tag!)).set(token, formOf({ ...tag, name: start.tag!.name }));
			}
		}
	}
	return kept;
}
