import { isDsmError } from '../core/errors';
import { openPool } from './connection';
import type { Host } from '../core/host';
import type { Lease, Pool } from '../core/pool';
import type { TestAnswer } from './browser/data';
import type { AdminAnswer, AdminRequest, Red } from './red';
import { asTexts, settingsOfForm, type FormValues } from './settings';

/**
 * Logs in with these settings in a session of its own, which is ended at once. Never throws. Nodes that were refused with the same
 * settings may try again afterwards. `look`: what is done in that session, and gives more to say.
 */
export async function testLogin<M extends object = object>(
	red: Red,
	host: Host,
	form: FormValues,
	working?: Pool,
	look?: (lease: Lease) => Promise<M>,
): Promise<TestAnswer & Partial<M>> {
	// Somebody waits for the answer: one more code, not several.
	const pool = openPool(host, { furtherCodes: 1 });
	const say = (word: string, values = {}) => red._(`synology-nas.ui.${word}`, values);
	try {
		const settings = settingsOfForm(red, form);
		const lease = pool.acquire(settings);
		const { account, url } = await lease.prove();
		const deviceId = lease.deviceId();
		const more = await look?.(lease);
		await lease.release();
		working?.forget(settings);
		const { otpCode, otpSecret, deviceId: known } = settings;
		// A code that brought no device opened this one session: the node that is deployed could not log in.
		if (otpCode && !otpSecret && deviceId === undefined)
			return { ok: false, message: say('noDevice'), hint: say('noDeviceHint'), field: 'otpCode' } as never;
		const issued = deviceId !== undefined && deviceId !== known ? { deviceId } : {};
		return { ok: true, message: say('loggedIn', { account, url }), ...issued, ...more } as never;
	} catch (error) {
		return refusal(error, pool.redact) as never;
	} finally {
		await pool.close();
	}
}

export function refusal(error: unknown, redact: (text: string) => string): TestAnswer {
	if (!isDsmError(error)) return { ok: false, message: redact(error instanceof Error ? error.message : String(error)) };
	const field = error.details.path?.[0];
	return {
		ok: false,
		message: redact(error.message),
		...(error.hint !== undefined && { hint: redact(error.hint) }),
		...(field !== undefined && { field: String(field) }),
	};
}

/** `POST /synology-nas/test` with the form's values: the Test button of the connection form. */
export function registerTest(red: Red, host: Host, working: Pool): void {
	const handler = async (request: AdminRequest, answer: AdminAnswer) => {
		answer.json(await testLogin(red, host, asTexts(request.body), working));
	};
	red.httpAdmin.post('/synology-nas/test', red.auth.needsPermission('synology-nas.write'), handler);
}
