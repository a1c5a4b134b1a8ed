import { describe, expect, test } from '@jest/globals';
import { explain } from '../../src/services';
import { commonCode, loginCode, type Explained } from '../../src/core/codes';

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);

/** A cause that a colon and a code can follow, and a remedy in sentences. */
function expectAdvice(found: Explained | undefined): void {
	expect(found?.cause).toMatch(/^[A-Z].*[^.\s]$/);
	expect(found?.remedy).toMatch(/^[A-Z].*\.$/);
}

describe('codes of any API', () => {
	test.each([...range(100, 121), 150, 160])('%i has a cause and a remedy', (code) => {
		expectAdvice(commonCode(code));
	});

	test('a code of a service is not a common one', () => {
		expect(commonCode(400)).toBeUndefined();
	});
});

describe('refused logins', () => {
	test.each([...range(400, 411), 449])('%i says what to do where', (code) => {
		expectAdvice(loginCode(code));
		expect(loginCode(code).remedy).toMatch(/connection|Control Panel|administrator/);
	});

	test('each of 400 to 411 has a hint of its own', () => {
		expect(new Set(range(400, 411).map((code) => loginCode(code).remedy)).size).toBe(12);
	});

	test('403 depends on what the connection holds', () => {
		const none = { hasSecret: false, hasCode: false, hasDeviceId: false };
		expect(loginCode(403, none).remedy).toMatch(/^Enter the OTP secret/);
		expect(loginCode(403, { ...none, hasCode: true }).remedy).toMatch(/used up: enter a new one/);
		expect(loginCode(403, { ...none, hasDeviceId: true }).remedy).toMatch(/^Clear the device ID/);
	});

	test('404 tells a typed code from a secret, and never wants a secret again that worked', () => {
		const none = { hasSecret: false, hasCode: true, hasDeviceId: false };
		expect(loginCode(404, none).remedy).toMatch(/^Enter a fresh code/);
		const { remedy } = loginCode(404, { ...none, hasSecret: true });
		expect(remedy).toMatch(
			/^If the secret in the connection worked before.*try again.*Otherwise compare the codes.*time of the NAS/,
		);
		expect(loginCode(404, { ...none, hasSecret: true, isProven: true }).remedy).toMatch(
			/the secret in the connection is right/,
		);
	});

	test('a common code and an unknown one are explained as well', () => {
		expect(loginCode(103).cause).toBe('The API has no such method in this version');
		expect(loginCode(9999).cause).toBe('The NAS refused the login (code 9999)');
	});
});

describe('codes of a family', () => {
	test.each([
		...range(400, 421),
		599,
		...range(800, 802),
		900,
		...range(1000, 1004),
		1006,
		1007,
		1100,
		1101,
		1200,
		1300,
		1301,
		...range(1400, 1405),
		...range(1800, 1805),
		...range(2000, 2002),
	])('File Station %i has a cause and a remedy', (code) => {
		expectAdvice(explain('SYNO.FileStation.List', code));
	});

	test.each([
		100, 101, 102, 103, 104, 105, 117, 120, 152, 160, 400, 401, 402, 403, 404, 407, 408, 409, 410, 411, 415, 422,
	])('Chat %i has a cause and a remedy', (code) => {
		expectAdvice(explain('SYNO.Chat.Post', code));
	});

	test('only "too fast" may be sent again after a pause', () => {
		expect(range(100, 422).filter((code) => explain('SYNO.Chat.Post', code)?.transient)).toEqual([411]);
	});

	test('File Station says by 402 that it is too busy, and by no other code of its own', () => {
		const busy = range(100, 2100).filter((code) => explain('SYNO.FileStation.List', code)?.busy);
		expect([busy, explain('SYNO.DownloadStation.Task', 402)?.busy]).toEqual([[402], undefined]);
	});

	test('the same number means different things in different families', () => {
		const cause = (api: string) => explain(api, 402)?.cause;
		expect(cause('SYNO.DownloadStation2.Task')).toBe('The account may not write to the destination');
		expect(cause('SYNO.DownloadStation.BTSearch')).toBe('The settings of the torrent search cannot be read');
		expect(explain('SYNO.SynologyDrive.Files', 402)?.cause).toBe('Only administrators may do this in Drive');
		expect(cause('SYNO.Contacts.Contact')).toBeUndefined();
	});

	test.each([
		['SYNO.NoteStation.Import.Enex', 1058],
		['SYNO.Cal.Event', 9009],
		['SYNO.DownloadStation2.Settings.Global', 501],
		['SYNO.Core.User', 3106],
		['SYNO.Backup.Task', 4462],
		['SYNO.Core.Share.Snapshot', 3350],
	])('%s %i has a cause and a remedy', (api, code) => {
		expectAdvice(explain(api, code));
	});
});
