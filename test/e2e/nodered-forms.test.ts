import { afterAll, describe, expect, test } from '@jest/globals';
import { allServices } from '../../src/services';
import { CONNECTION_EVENTS_TYPE } from '../../src/nodered/connectionEvents';
import { nodesOf } from '../../src/nodered/editor/model';
import { shoot } from './browser';
import type { NodeRedPage } from './nodered-page';
import { inEditor, removeFolders } from './nodered-session';

/** Configuration nodes, each with a property and a node type that takes one. */
const CONNECTIONS = [
	['synology-nas', 'nas', 'synology-file'],
	['synology-chat-bot', 'bot', 'synology-chat'],
	['synology-sso', 'sso', 'synology-identity'],
] as const;

/** The narrowest window that is looked at. */
const NARROW = { width: 1024, height: 768 };

afterAll(removeFolders);

describe('the forms of the packed package', () => {
	test.each([
		['in English', 'en-US'],
		['in German', 'de'],
	])(
		'every operation and event has a form whose texts are all there, and that fits into a narrow window, %s',
		async (_how, locale) => {
			await inEditor(
				'light',
				`nodered-forms-${locale}`,
				async ({ editor, errors }) => {
					await editor.page.setViewportSize(NARROW);
					const forms = [...allServices().flatMap(nodesOf), { type: CONNECTION_EVENTS_TYPE, groups: {} }];
					for (const { type, groups } of forms) {
						const entries = Object.entries(groups).flatMap(([group, names]) =>
							Object.keys(names).map((name) => `${group}.${name}`),
						);
						await editor.drag(type, 300, 200);
						await editor.page.locator('.red-ui-flow-node-group.red-ui-flow-node-selected').dblclick();
						await editor.page.locator('#node-dialog-ok').waitFor();
						const texts = entries.length > 0 ? await formTexts(editor, entries) : [await textOf(editor, type)];
						expect(texts.length).toBeGreaterThan(0);
						expect(texts.filter((text) => /synology-[\w-]+[.:]\w|undefined|\[object/.test(text))).toEqual([]);
						await shoot(editor.page, `nodered-${type}-${locale}`);
						await editor.cancel();
						await editor.page.keyboard.press('Delete');
					}
					expect(errors).toEqual([]);
				},
				locale,
			);
		},
		600_000,
	);

	test.each([
		['en-US', 'File deleted', 'Drive · File created +1'],
		['de', 'Datei gelöscht', 'Drive · Datei angelegt +1'],
	])(
		'a trigger is given a further event, keeps it, and says so on the canvas: %s',
		async (locale, title, label) => {
			await inEditor(
				'light',
				`nodered-additional-${locale}`,
				async ({ editor, errors }) => {
					const { page } = editor;
					const saved = async () =>
						await page.evaluate(
							`RED.nodes.filterNodes({ type: 'synology-drive-trigger' }).map(({ additional }) => additional)`,
						);
					const open = async () => {
						await page.locator('.red-ui-flow-node-group.red-ui-flow-node-selected').dblclick();
						await page.locator('.synoflow-entry:visible').waitFor();
					};
					await editor.drag('synology-drive-trigger', 300, 200);
					await open();
					await page.locator('.synoflow-additional .red-ui-typedInput-option-trigger').click();
					const menu = page.locator('.red-ui-typedInput-options:visible');
					expect(await menu.innerText()).not.toContain(locale === 'de' ? 'Datei angelegt' : 'File created');
					await menu.getByText(title, { exact: true }).click();
					await page.locator('#synoflow-choose').click();
					await page.keyboard.press('Escape');
					await shoot(page, `nodered-additional-${locale}`);
					await editor.done();
					expect(await saved()).toEqual(['fileDeleted']);
					await editor.node(label).waitFor();
					// What the form does not change stays; what no longer goes with the chosen event is left out.
					await open();
					await editor.done();
					expect(await saved()).toEqual(['fileDeleted']);
					await open();
					await editor.choose('trigger.fileDeleted');
					await editor.done();
					expect(await saved()).toEqual(['']);
					expect(errors).toEqual([]);
				},
				locale,
			);
		},
		120_000,
	);

	test.each([
		['en-US', ['not reachable', 'running 2, waiting 5', 'check channel_id', 'new 3, 14:05']],
		['de', ['nicht erreichbar', 'laufend: 2, wartend: 5', 'channel_id prüfen', 'neu: 3, 14:05']],
	])('a status is shown in the language of the editor: %s', async (locale, shown) => {
		await inEditor(
			'light',
			`nodered-status-${locale}`,
			async ({ editor, errors }) => {
				const sent = ['not reachable', 'running 2, waiting 5', 'check channel_id', 'new 3, 14:05'];
				// As the editor looks up what a node says.
				const looked = await editor.page.evaluate(
					`${JSON.stringify(sent)}.map((text) => RED.nodes.getType('synology-chat')._(text, { defaultValue: text }))`,
				);
				expect(looked).toEqual(shown);
				await editor.drag('synology-chat', 300, 200);
				await editor.page.locator('.red-ui-flow-node-group.red-ui-flow-node-selected').dblclick();
				await editor.page.locator('#node-dialog-ok').waitFor();
				expect(await editor.page.locator('#node-input-output').inputValue()).toBe('payload');
				expect(await editor.page.locator('#node-input-outputType').inputValue()).toBe('msg');
				expect(errors).toEqual([]);
			},
			locale,
		);
	});

	test.each([
		['en-US', 'light'],
		['de', 'dark'],
	] as const)(
		'each connection form fits into narrow and wide windows, with all of its options (%s, %s)',
		async (locale, scheme) => {
			await inEditor(
				scheme,
				`nodered-connections-${locale}`,
				async ({ editor, errors }) => {
					const { page } = editor;
					for (const [type, property, owner] of CONNECTIONS) {
						for (const size of [NARROW, { width: 1440, height: 900 }]) {
							await page.setViewportSize(size);
							await editor.drag(owner, 300, 200);
							await page.locator('.red-ui-flow-node-group.red-ui-flow-node-selected').dblclick();
							await page.locator('#node-dialog-ok').waitFor();
							await page
								.locator(`#node-input-btn-${property}-add`)
								.evaluate((button: { click(): void }) => button.click());
							await page.locator('#node-config-dialog-ok').waitFor();
							const tooWide = await editor.tooWide();
							expect({ type, size, tooWide }).toEqual({ type, size, tooWide: [] });
							await shoot(page, `nodered-${type}-${size.width}-${scheme}-${locale}`);
							await page.locator('#node-config-dialog-cancel').click();
							await page.locator('#node-config-dialog-ok').waitFor({ state: 'detached' });
							await editor.cancel();
							await page.keyboard.press('Delete');
						}
					}
					expect(errors).toEqual([]);
				},
				locale,
			);
		},
	);
});

/** What the form says for each of these operations or events. */
async function formTexts(editor: NodeRedPage, keys: string[]): Promise<string[]> {
	// The first with the mouse, as people do.
	await editor.choose(keys[0]!);
	const texts: string[] = [];
	for (const key of keys) {
		const { text, ...faults } = await editor.glance(key);
		expect({ key, ...faults }).toEqual({ key, tooWide: [], isWrong: false });
		texts.push(text);
	}
	return texts;
}

/** What a form says that fits into its tray. */
async function textOf(editor: NodeRedPage, key: string): Promise<string> {
	const tooWide = await editor.tooWide();
	expect({ key, tooWide }).toEqual({ key, tooWide: [] });
	return await editor.page.locator('#dialog-form').innerText();
}
