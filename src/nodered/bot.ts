import { tryToken } from '../services/chat/lib/token';
import { botSchema, parseBot, type BotInput } from '../core/bot';
import { DsmInputError } from '../core/errors';
import { credentialsOf, noderedHost, openPool, settingsOf, type ConnectionNode } from './connection';
import { asTexts, refusal, storedSecrets, type TestAnswer } from './test-login';
import type { AdminAnswer, AdminRequest, NodeConfig, Red, RedNode } from './red';

/** Type of the configuration node of a bot or webhook of Chat. */
export const BOT_TYPE = 'synology-chat-bot';

/** What other nodes see of it. */
export interface BotNode extends ConnectionNode {
	/** The token itself. Throws DsmInputError when it is missing. */
	token: () => string;
}

/** Settings of a saved node; a token is always among them. */
function settingsFrom(config: object, credentials: Record<string, string>): BotInput {
	const settings = settingsOf(config as NodeConfig, credentials, botSchema);
	return { ...settings, token: settings.token ?? '' };
}

/** Registers the connection node of bots and webhooks, with its test. */
export function registerBot(red: Red): void {
	const host = noderedHost(red);
	const pool = openPool(host);

	function Bot(this: BotNode, config: NodeConfig): void {
		red.nodes.createNode(this, config);
		const settings = settingsFrom(config, this.credentials ?? {});
		this.acquire = (apis) => pool.acquire(settings, { apis });
		this.redact = (text) => pool.redact(text);
		this.owner = { account: '', url: settings.url ?? '' };
		this.token = () => parseBot(settings).token;
	}
	const credentials = credentialsOf(botSchema);
	red.nodes.registerType(BOT_TYPE, Bot as (this: RedNode, config: NodeConfig) => void, { credentials });

	const test = async (form: Record<string, string>): Promise<TestAnswer> => {
		const trial = openPool(host);
		try {
			const settings = settingsFrom(form, storedSecrets(red, form, credentials));
			return { ok: true, message: await tryToken(trial.acquire(settings).dsm) };
		} catch (error) {
			return refusal(error, trial.redact);
		} finally {
			await trial.close();
		}
	};
	const handler = async (request: AdminRequest, answer: AdminAnswer) => {
		answer.json(await test(asTexts(request.body)));
	};
	red.httpAdmin.post(`/${BOT_TYPE}/test`, red.auth.needsPermission(`${BOT_TYPE}.write`), handler);
}

/** The bot that a node uses. Throws when none is chosen, or it is disabled. */
export function chosenBot(red: Red, config: NodeConfig): BotNode {
	const id = config['bot'];
	const node = typeof id === 'string' && id !== '' ? (red.nodes.getNode(id) as BotNode | null) : null;
	if (node && typeof node.token === 'function') return node;
	throw new DsmInputError('No bot is chosen, or it is disabled.', {
		path: ['bot'],
		hint: 'Open the node and choose or add a Synology Chat bot.',
	});
}
