import { z } from '../vendor/zod';
import { checkTls, connectionSchema, parseSettings, type Connection } from './connection';
import { DsmInputError } from './errors';
import type { Session } from './session';

const { tls, ca, fingerprint, headers, timeout } = connectionSchema.shape;

/**
 * Settings of a bot or webhook of Chat, which proves itself by its token and has no session (chat.md 8). Both hosts' forms are made
 * from this schema.
 */
export const botSchema = z.object({
	url: z.string().trim().default('').meta({
		title: 'URL or QuickConnect ID',
		description:
			'Address of the NAS, or the whole URL that Chat shows for the integration; may stay empty when that URL is entered as token',
		placeholder: 'e.g. https://nas.example.com:5001',
	}),
	token: z.string().trim().default('').meta({
		title: 'Token',
		description: 'Token of the bot or webhook, with or without quotes; empty when the URL holds it',
		widget: 'secret',
	}),
	tls,
	ca,
	fingerprint,
	headers,
	timeout,
});

export type BotInput = z.input<typeof botSchema> & { token: string };

/** Settings of a connection that carries a token instead of an account. */
export type BotConnection = Connection & { token: string };

/** Whether settings are those of a bot: only these have a token, be it an empty one. */
export const isBotInput = (input: object): input is BotInput => 'token' in input;

/** Checks the settings of a bot. Throws DsmInputError naming the field. */
export function parseBot(input: BotInput): BotConnection {
	const given = parseSettings(botSchema, input);
	const pasted = /^https?:\/\//i.test(given.token) ? given.token : '';
	const url = given.url || pasted;
	const token = tokenOf(pasted || given.token) || tokenOf(given.url);
	if (url === '') throw missing('url');
	if (token === '') throw missing('token');
	const nobody = connectionSchema.parse({ url, account: '-', password: '-' });
	const connection = { ...nobody, ...given, url, account: '', password: '', token };
	checkTls(connection);
	return connection;
}

/** The token of what was entered: bare, in quotes, percent-encoded, or within a URL (chat.md 8). Empty when a URL holds none. */
function tokenOf(text: string): string {
	const isUrl = /[/?]/.test(text) && (/^https?:\/\//i.test(text) || text.includes('token='));
	const part = isUrl ? (/[?&]token=([^&#]*)/i.exec(text)?.[1] ?? '') : text;
	if (isUrl || /%[0-9a-f]{2}/i.test(part)) {
		try {
			return unquoted(decodeURIComponent(part));
		} catch {
			return unquoted(part);
		}
	}
	return unquoted(part.includes('://') ? '' : part);
}

const unquoted = (text: string): string => /^"(.*)"$/s.exec(text.trim())?.[1] ?? text.trim();

const missing = (name: 'url' | 'token'): DsmInputError =>
	new DsmInputError(`"${botSchema.shape[name].meta()?.title}" is missing in the settings of the bot.`, {
		path: [name],
		hint: 'Enter address and token, or paste the whole URL that Chat shows for the bot or webhook.',
	});

/** What stands for a session where a token proves the caller. */
export const tokenSession = (botToken: string, created: number): Session => ({
	sid: '',
	name: 'token',
	version: 0,
	created,
	botToken,
});
