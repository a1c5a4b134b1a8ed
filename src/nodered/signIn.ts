import { randomBytes } from 'node:crypto';
import type { Host } from '../core/host';
import { PATIENCE, startSignIn, type PendingSignIn } from '../core/signIn/flow';
import { writeSignIn } from '../core/signIn/text';
import type { AdminAnswer, AdminRequest, Red } from './red';
import { asTexts, settingsOfForm } from './settings';
import { refusal, type TestAnswer } from './test-login';

/** Answer to the button: what to open, and whose messages count. */
export interface StartAnswer {
	ok: true;
	flow: string;
	address: string;
	origin: string;
}

/** Answer to what DSM's page told: the text goes into the hidden credential, which is saved with the next deploy. */
export interface CompleteAnswer extends TestAnswer {
	signIn?: string;
}

/** Sign-ins that wait at the same time; more are no person's. */
const MOST = 20;

/**
 * `POST /synology-nas/sign-in/start` with the form's values and the address of the editor, then `…/complete` with what DSM's page told:
 * verifier and state stay here (identity.md 13.9).
 */
export function registerSignIn(red: Red, host: Host): void {
	const waiting = new Map<string, PendingSignIn>();
	const guard = red.auth.needsPermission('synology-nas.write');
	const plain = (text: string): string => text;

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

	async function complete(body: unknown): Promise<CompleteAnswer> {
		const { flow = '', ...message } = asTexts(body);
		const pending = waiting.get(flow);
		waiting.delete(flow);
		if (!pending) return { ok: false, message: red._('synology-nas.ui.signInGone') };
		try {
			const value = await pending.complete(message);
			const { account, url } = value;
			return { ok: true, message: red._('synology-nas.ui.signedIn', { account, url }), signIn: writeSignIn(value) };
		} catch (error) {
			return refusal(error, plain);
		}
	}

	red.httpAdmin.post('/synology-nas/sign-in/start', guard, async (request: AdminRequest, answer: AdminAnswer) => {
		answer.json(await start(request.body));
	});
	red.httpAdmin.post('/synology-nas/sign-in/complete', guard, async (request: AdminRequest, answer: AdminAnswer) => {
		answer.json(await complete(request.body));
	});
}
