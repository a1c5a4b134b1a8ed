import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readReport } from '../../src/build/learn/read';
import { type Scheme, shoot } from './browser';
import { type NasServer, startNas } from './nas';
import { inEditor, removeFolders } from './nodered-session';

let nas: NasServer;

beforeAll(async () => void (nas = await startNas({ dsm: '7.2.2' })));

afterAll(async () => {
	await nas?.stop();
	await removeFolders();
});

const ENGLISH = {
	button: 'Check this NAS',
	private: 'It holds no names, texts or other values of yours.',
	files: 'Synology File Station 15 work, 6 skipped',
	reasons: ['4 × left out: it would keep the NAS busy', '38 × needs the package "Synology Chat Server"'],
};
const GERMAN = {
	button: 'Dieses NAS prüfen',
	private: 'Er enthält keine Namen, Texte oder anderen eigenen Werte.',
	files: 'Synology File Station 15 gehen, 6 ausgelassen',
	reasons: ['4 × ausgelassen: es würde das NAS beschäftigen', '38 × braucht das Paket „Synology Chat Server“'],
};

describe('the button Check this NAS in a whole Node-RED', () => {
	test.each<[Scheme, string, typeof ENGLISH]>([
		['light', 'en-US', ENGLISH],
		['dark', 'de', GERMAN],
	])(
		'says of each service what works, and saves the report, as often as one wants (%s, %s)',
		async (scheme, locale, said) => {
			await inEditor(
				scheme,
				`nodered-check-${scheme}`,
				async ({ editor, server, errors }) => {
					const { page } = editor;
					page.setDefaultTimeout(150_000);
					await editor.drag('synology-file', 300, 200);
					await page.locator('.red-ui-flow-node-group.red-ui-flow-node-selected').dblclick();
					await page.locator('#node-dialog-ok').waitFor();
					await editor.addConnection();
					const { url, account, password } = nas;
					await editor.fillConnection({ name: 'Office NAS', url, account, password });
					const button = page.getByRole('button', { name: said.button });
					const [saved] = await Promise.all([page.waitForEvent('download'), button.click()]);
					const answer = page.locator('#synoflow-test-answer');
					const text = await answer.innerText();
					expect(text).toContain('DSM 7.2.2-72806 Update 9');
					expect(text).toContain(said.private);
					expect(text).toContain(said.files);
					for (const reason of said.reasons) expect(text).toContain(reason);
					expect(await button.isEnabled()).toBe(true);
					expect(await editor.tooWide()).toEqual([]);
					await answer.evaluate((element) => element.scrollIntoView());
					await shoot(page, `nodered-check-${scheme}`);
					const [again] = await Promise.all([
						page.waitForEvent('download'),
						page.getByRole('link', { name: 'synology-check.json' }).click(),
					]);
					expect([saved, again].map((file) => file.suggestedFilename())).toEqual([
						'synology-check.json',
						'synology-check.json',
					]);
					const report = await readFile(await again.path(), 'utf8');
					expect(readReport(report)).toMatchObject({ dsm: '7.2.2-72806 Update 9', complete: true });
					expect(await readFile(await saved.path(), 'utf8')).toBe(report);
					expect(report).not.toContain(password);
					expect(server.log()).not.toContain(password);
					expect(errors).toEqual([]);
				},
				locale,
			);
		},
		300_000,
	);
});
