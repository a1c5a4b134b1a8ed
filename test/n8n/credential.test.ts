import { describe, expect, test } from '@jest/globals';
import { CredentialTestContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';
import { totp } from '../../src/simulator';
import { signedIn } from '../support/signIn';
import { additionalData, lines, typeOf } from './engine';
import { withNas } from './support';

/** What the button "Test" of the credential says. */
async function tried(data: ICredentialDataDecryptedObject): Promise<INodeCredentialTestResult> {
	const context = new CredentialTestContext(additionalData({})) as unknown as ICredentialTestFunctions;
	const { testSynologyNas } = typeOf('synologyChatTrigger').methods!.credentialTest!;
	return await testSynologyNas!.call(context, { id: '1', name: 'nas', type: 'synologyNasApi', data });
}

describe('the test of the credential', () => {
	test('logs in and out', async () => {
		await withNas({}, async ({ simulator, credential }) => {
			expect(await tried(credential)).toEqual({ status: 'OK', message: 'Connected.' });
			expect(simulator.requests.map(({ api, method }) => `${api} ${method}`)).toEqual([
				'SYNO.API.Info query',
				'SYNO.API.Auth login',
				'SYNO.API.Auth logout',
			]);
		});
	});

	test('says what is wrong with a refused login, and what to do', async () => {
		await withNas({}, async ({ credential }) => {
			const { status, message } = await tried({ ...credential, password: 'not-the-password' });
			expect(status).toBe('Error');
			expect(message).toMatch(/password/i);
			expect(message).not.toContain('not-the-password');
			expect(lines.join('\n')).not.toContain('not-the-password');
		});
	});

	test('asks whether the NAS still takes a browser sign-in, and leaves its session open', async () => {
		await withNas({}, async ({ simulator }) => {
			const { text, value } = await signedIn(simulator);
			const data = { url: simulator.url, signInWith: 'browser', signIn: text };
			expect(await tried(data)).toEqual({ status: 'OK', message: 'Connected.' });
			expect(simulator.nas.sessions.get(value.sid)).toBeDefined();
			simulator.reboot();
			const { status, message } = await tried(data);
			expect(status).toBe('Error');
			expect(message).toMatch(/^Sign in again: the NAS no longer resumes the session of "alice"\./);
			expect(message).not.toContain(text);
		});
	});

	test('is told in whole sentences to a user whose password is one of their words', async () => {
		await withNas({}, async ({ credential }) => {
			for (const password of ['wrong', 'password', 'connection']) {
				const { message } = await tried({ ...credential, password });
				expect([password, message]).toEqual([
					password,
					expect.stringMatching(
						/^The account does not exist or the password is wrong\. Enter account and password again in/,
					),
				]);
			}
		});
	});

	test('really logs in each time, unlike a running workflow', async () => {
		await withNas({}, async ({ simulator, credential }) => {
			const wrong = { ...credential, password: 'not-the-password' };
			await tried(wrong);
			simulator.nas.setPassword('alice', 'not-the-password');
			expect(await tried(wrong)).toMatchObject({ status: 'OK' });
			expect(simulator.logins).toBe(2);
		});
	});

	test('asks for the second factor where one is needed', async () => {
		await withNas({ otp: true }, async ({ credential }) => {
			const { status, message } = await tried({ ...credential, otpSecret: '' });
			expect(status).toBe('Error');
			expect(message).toMatch(/OTP secret|one-time code/i);
		});
	});

	// A refused code is tried once more in the next half minute: another process may have used it. Both wait at the same time.
	test('proves what the form holds: no right secret of before and no device token answers for a wrong one', async () => {
		await withNas({ otp: true }, async ({ simulator, credential }) => {
			const deviceId = 'a-device-that-was-trusted-before';
			simulator.nas.user('alice').trustedDevices.push({ id: deviceId, name: 'Synoflow', createdAt: 0 });
			const status = async (change: ICredentialDataDecryptedObject) =>
				(await tried({ ...credential, ...change })).status;
			expect([await status({}), await status({ otpSecret: '', deviceId })]).toEqual(['OK', 'OK']);
			expect([await status({ otpSecret: '' }), await status({ otpSecret: '189!' })]).toEqual(['Error', 'Error']);
			const otpSecret = 'JBSWY3DPEHPK3PXPAA';
			expect(await Promise.all([status({ otpSecret }), status({ otpSecret: `${otpSecret}BB`, deviceId })])).toEqual([
				'Error',
				'Error',
			]);
		});
	});

	test('knows no one-time code: n8n cannot keep the device that it brings', async () => {
		await withNas({ otp: true }, async ({ simulator, credential }) => {
			const otpCode = totp(String(credential.otpSecret), simulator.nas.clock.now());
			const { status, message } = await tried({ ...credential, otpSecret: '', otpCode });
			expect(status).toBe('Error');
			expect(message).toMatch(/OTP secret/i);
		});
	});

	test('names the field of a setting that does not fit', async () => {
		await withNas({}, async ({ credential }) => {
			const { status, message } = await tried({ ...credential, headers: 'no JSON' });
			expect(status).toBe('Error');
			expect(message).toContain('"Extra Headers"');
		});
	});

	test('checks the certificate as chosen', async () => {
		await withNas({ tls: true }, async ({ simulator, credential }) => {
			const { status, message } = await tried(credential);
			expect(status).toBe('Error');
			// What to pin is offered, as it was seen.
			expect(message).toContain(simulator.fingerprint256);
			expect(await tried({ ...credential, tls: 'ca', ca: simulator.certificate ?? '' })).toMatchObject({
				status: 'OK',
			});
			expect(await tried({ ...credential, tls: 'pin', fingerprint: simulator.fingerprint256 ?? '' })).toMatchObject({
				status: 'OK',
			});
			expect(await tried({ ...credential, tls: 'ignore' })).toMatchObject({ status: 'OK' });
		});
	});
});
