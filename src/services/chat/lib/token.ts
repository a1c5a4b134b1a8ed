import type { Dsm } from '../../../core/dsm';
import { isDsmError, withDetails } from '../../../core/errors';
import { listBotChannels, postByWebhook } from '../wire/external';

/**
 * Tries a token without a message to anybody: a bot may list its channels, and a webhook that is sent nothing complains of that and
 * not of its token (chat.md 2: 101 against 404). Says what the token is; throws what Chat says of one that it does not accept.
 */
export async function tryToken(dsm: Dsm): Promise<string> {
	try {
		await dsm.call(listBotChannels);
		return 'Chat accepts the token: it is that of a bot.';
	} catch (error) {
		if (!isDsmError(error) || error.dsmCode !== 404) throw error;
		if (await isWebhook(dsm)) return 'Chat accepts the token: it is that of an incoming webhook.';
		throw withDetails(error, { hint: `${error.hint ?? ''} ${OTHERS}`.trim() });
	}
}

const OTHERS =
	'Tokens of outgoing webhooks and slash commands only prove calls that Chat makes: they cannot be tested, and are fine for a trigger.';

async function isWebhook(dsm: Dsm): Promise<boolean> {
	try {
		// Without a payload nothing is posted, so it may be repeated.
		await dsm.call(postByWebhook, {}, { readOnly: true });
		return true;
	} catch (error) {
		if (!isDsmError(error)) throw error;
		return error.dsmCode === 101 || error.dsmCode === 120;
	}
}
