import { randomBytes } from 'node:crypto';
import type { Host } from '../core/host';
import { isDsmError } from '../core/errors';
import { PATIENCE, startSignIn, type PendingSignIn } from '../core/signIn/flow';
import { signOut } from '../core/signIn/signOut';
import { readSignIn, writeSignIn } from '../core/signIn/text';
import { connectionOf } from './connection';
import type { AdminAnswer, AdminRequest, Red } from './red';
import { asTexts, settingsOfForm, UNCHANGED } from './settings';
import type { TestAnswer } from './browser/data';
import { refusal } from './test-login';

/** Answer to the button: what to open, and whose messages count. */
export interface StartAnswer {
	ok: true;
	flow: string;
	address: string;
	origin: string;
}

/** Answer with the text for the hidden credential, which is saved with the next deploy; after a sign-out an empty one. */
export interface SignInAnswer extends TestAnswer {
	signIn?: string;
}

/** Sign-ins that wait at the same time; more are no person's. */
const MOST = 20;

/**
 * `POST /synology-nas/sign-in/start` with the form's values and the address of the editor, then `…/complete` with what DSM's page told:
 * verifier and state stay here (identity.md 13.9). `…/state` says whose sign-in the form holds, `…/end` ends it.
 */
export function registerSignIn(red: Red, host: Host): void {
	const waiting = new Map<string, PendingSignIn>();
	const guard = red.auth.needsPermission('synology-nas.write');
	const plain = (text: string): string => text;
	const say = (word: string, values = {}) => red._(`synology-nas.ui.${word}`, values);

	async function start(body: unknown): Promise<StartAnswer | TestAnswer> {
		const form = asTexts(body);
		try {
			const { signIn: _, ...settings } = settingsOfForm(red, form);
			const pending = await startSignIn(settings, { host, opener: form['opener'] ?? '' });
			const flow = randomBytes(16).toString('base64url');
			for (const old of [...waiting.keys()].slice(0, Math.max(0, waiting.size - MOST + 1))) waiting.delete(old);
			waiting.set(flow, pending);
			host.later(PATIENCE, () => void waiting.delete(flow));
			return { ok: true, flow, address: pending.address, origin: pending.origin };
		} catch (error) {
			return refusal(error, plain);
		}
	}

	async function complete(body: unknown): Promise<SignInAnswer> {
		const { flow = '', ...message } = asTexts(body);
		const pending = waiting.get(flow);
		waiting.delete(flow);
		if (!pending) return { ok: false, message: say('signInGone') };
		try {
			const value = await pending.complete(message);
			return { ok: true, message: say('signedIn'), signIn: writeSignIn(value) };
		} catch (error) {
			return refusal(error, plain);
		}
	}

	/** What is known without asking the NAS: whose sign-in it is, and whether a node has found it lost. Without one nothing. */
	function stateOf(body: unknown): SignInAnswer | object {
		const form = asTexts(body);
		try {
			const { signIn } = settingsOfForm(red, form);
			if (!signIn) return {};
			const { account, url } = readSignIn(signIn);
			const isStored = form['signIn'] === UNCHANGED;
			const isLost = isStored && connectionOf(red, form['id'])?.health.last?.event === 'signInAgain';
			return { ok: !isLost, message: say(isLost ? 'signInLost' : 'signInKept', { account, url }) };
		} catch (error) {
			const answer = refusal(error, plain);
			return answer.field === 'signIn' ? answer : {};
		}
	}

	/** The text is forgotten as well where the NAS had ended its session before; not where the NAS could not be asked. */
	async function end(body: unknown): Promise<SignInAnswer> {
		try {
			const { signIn = '', ...settings } = settingsOfForm(red, asTexts(body));
			const { account, url } = readSignIn(signIn);
			try {
				await signOut(signIn, settings, host);
				return { ok: true, message: say('signedOut', { account, url }), signIn: '' };
			} catch (error) {
				if (!isDsmError(error) || error.details.needsSignIn !== true) throw error;
				return { ok: true, message: say('signedOutBefore', { account, url }), signIn: '' };
			}
		} catch (error) {
			return refusal(error, plain);
		}
	}

	const answerTo = (path: string, work: (body: unknown) => object): void =>
		red.httpAdmin.post(`/synology-nas/sign-in/${path}`, guard, async (request: AdminRequest, answer: AdminAnswer) => {
			answer.json(await work(request.body));
		});
	answerTo('start', start);
	answerTo('complete', complete);
	answerTo('state', stateOf);
	answerTo('end', end);
}
