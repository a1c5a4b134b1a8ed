import { tryToken } from '../services/chat/lib/token';
import { botSchema, parseBot, type BotInput } from '../core/bot';
import { DsmInputError } from '../core/errors';
import type { z } from '../vendor/zod';
import { Health } from './health';
import { noderedHost, openPool, type ConnectionNode } from './connection';
import type { AdminAnswer, AdminRequest, NodeConfig, Red, RedNode } from './red';
import { asTexts, checkVariables, credentialsOf, settingsOf, settingsOfForm, type FormValues } from './settings';
import type { TestAnswer } from './browser/data';
import { refusal } from './test-login';

/** Type of the configuration node of a bot or webhook of Chat. */
export const BOT_TYPE = 'synology-chat-bot';

/** What other nodes see of it. */
export interface BotNode extends ConnectionNode {
	/** The token itself. Throws DsmInputError when it is missing. */
	token: () => string;
}

/** A token is always among the settings: it is what tells a bot from an account. */
const withToken = (settings: z.input<typeof botSchema>): BotInput => ({ ...settings, token: settings.token ?? '' });

/** Settings of a form of a bot that is not deployed. */
export const botOfForm = (red: Red, form: FormValues): BotInput => withToken(settingsOfForm(red, form, botSchema));

/** Registers the connection node of bots and webhooks, with its test. */
export function registerBot(red: Red): void {
	const host = noderedHost(red);
	const pool = openPool(host);

	function Bot(this: BotNode, config: NodeConfig): void {
		red.nodes.createNode(this, config);
		const settings = withToken(settingsOf(config, this.credentials, botSchema));
		this.acquire = (apis) => pool.acquire(checkVariables(settings), { apis });
		this.health = new Health();
		this.redact = (text) => pool.redact(text);
		this.owner = { account: '', url: settings.url ?? '' };
		this.token = () => parseBot(settings).token;
	}
	const credentials = credentialsOf(botSchema);
	red.nodes.registerType(BOT_TYPE, Bot as (this: RedNode, config: NodeConfig) => void, { credentials });

	const test = async (form: FormValues): Promise<TestAnswer> => {
		const trial = openPool(host);
		try {
			return { ok: true, message: await tryToken(trial.acquire(botOfForm(red, form)).dsm) };
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
