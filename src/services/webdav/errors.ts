import type { Explanation } from '../../catalog/operation';

/** What the codes of WebDAV Server mean. */
export const errors: Record<number, Explanation> = {};
