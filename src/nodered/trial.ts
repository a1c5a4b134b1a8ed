import type { Host } from '../core/host';
import { findOperation } from '../services';
import { Application, APPLICATION_TYPE, applicationSchema, PATIENCE } from './application';
import { connectionOf, type ConnectionNode } from './connection';
import type { AdminAnswer, AdminRequest, Red } from './red';
import { asTexts, settingsOfForm } from './settings';
import type { TestAnswer } from './browser/data';
import { refusal } from './test-login';

/** Answer to the button: where the browser is sent, and how to ask what came of it. */
export interface TrialStarted {
	ok: true;
	flow: string;
	address: string;
}

/** A sign-in that the button of an application tries. */
interface Trial {
	application: Application;
	connection: ConnectionNode;
	/** Set once the browser came back. */
	answer?: TestAnswer;
}

/** Trials that wait at the same time; more are no person's. */
const MOST = 20;

/** Where SSO Server sends the browser, below the address of the editor. */
const CALLBACK = `${APPLICATION_TYPE}/callback`;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/**
 * `POST /synology-sso/trial/start` with the form's values, the connection and the address of the editor: a sign-in with authorization
 * code, state, nonce and PKCE. `GET /synology-sso/callback` is where the browser comes back to; its state is what admits it, since a
 * redirect brings no token of the editor. `POST /synology-sso/trial/result` gives what came of it, once. Nothing of it is kept.
 */
export function registerTrial(red: Red, host: Host): void {
	const trials = new Map<string, Trial>();
	const say = (word: string, values = {}) => red._(`${APPLICATION_TYPE}.ui.${word}`, values);

	async function run({ application, connection }: Trial, id: string, params: Record<string, unknown>) {
		const operation = findOperation(`identity.ssoServer.${id}`);
		const lease = connection.acquire([]);
		try {
			return (await lease.dsm.do(operation, application.complete(operation, params) as never)) as never;
		} finally {
			await lease.release();
		}
	}

	async function start(body: unknown): Promise<TrialStarted | TestAnswer> {
		const form = asTexts(body);
		const connection = connectionOf(red, form['nas']);
		if (!connection) return { ok: false, message: say('trialConnection') };
		try {
			const redirect_uri = `${form['editor'] ?? ''}${CALLBACK}`;
			const settings = { ...settingsOfForm(red, form, applicationSchema), redirect_uri };
			const application = new Application(() => settings, host.now);
			const trial: Trial = { application, connection };
			const built: { url: string; state: string } = await run(trial, 'buildAddress', {});
			application.remember(built);
			for (const old of [...trials.keys()].slice(0, Math.max(0, trials.size - MOST + 1))) trials.delete(old);
			trials.set(built.state, trial);
			host.later(PATIENCE, () => void trials.delete(built.state));
			return { ok: true, flow: built.state, address: built.url };
		} catch (error) {
			return refusal(error, connection.redact);
		}
	}

	/** What the NAS says of the browser that came back. */
	async function answerOf(trial: Trial, { code, state, error }: Record<string, unknown>): Promise<TestAnswer> {
		if (typeof error === 'string') return { ok: false, message: say('trialRefused', { error: error.slice(0, 200) }) };
		try {
			const person: { username: string; groups: string[] } = await run(trial, 'answerSignIn', { code, state });
			return {
				ok: true,
				message: say('trialWorks', { account: person.username, groups: person.groups.join(', ') || '–' }),
			};
		} catch (cause) {
			return refusal(cause, trial.connection.redact);
		}
	}

	async function comeBack(query: Record<string, unknown>): Promise<string> {
		const { state } = query;
		const trial = typeof state === 'string' ? trials.get(state) : undefined;
		if (!trial || trial.answer) return say('signInGone');
		trial.answer = await answerOf(trial, query);
		return `${trial.answer.message} ${say('trialClose')}`;
	}

	function resultOf(body: unknown): TestAnswer | object {
		const { flow = '' } = asTexts(body);
		const trial = trials.get(flow);
		if (!trial) return { ok: false, message: say('signInGone') };
		if (!trial.answer) return {};
		trials.delete(flow);
		return trial.answer;
	}

	const guard = red.auth.needsPermission(`${APPLICATION_TYPE}.write`);
	red.httpAdmin.post(`/${APPLICATION_TYPE}/trial/start`, guard, async ({ body }: AdminRequest, answer: AdminAnswer) => {
		answer.json(await start(body));
	});
	red.httpAdmin.post(`/${APPLICATION_TYPE}/trial/result`, guard, ({ body }: AdminRequest, answer: AdminAnswer) => {
		answer.json(resultOf(body));
	});
	red.httpAdmin.get(`/${CALLBACK}`, async ({ query }: AdminRequest, answer: AdminAnswer) => {
		answer.send(
			`<!DOCTYPE html>\n<meta charset="utf-8"><title>Synology</title>\n<p>${escaped(await comeBack(query))}</p>\n`,
		);
	});
}
