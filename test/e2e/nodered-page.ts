import type { Locator, Page } from 'playwright-core';
import { glance, stickingOut, type Glance } from './inPage.cjs';
import { until } from './process.cjs';

/** Node-RED's editor, by its own element ids and class names. */
export class NodeRedPage {
	constructor(
		readonly page: Page,
		readonly base: string,
	) {}

	async open(scheme: 'light' | 'dark'): Promise<void> {
		// The theme is a setting of the browser; the default is light, whatever the system prefers.
		await this.page.addInitScript(`localStorage.setItem('view-dark-theme', '${scheme}')`);
		await this.page.goto(this.base);
		await this.paletteNode('inject').waitFor();
	}

	paletteNode(type: string): Locator {
		return this.page.locator(`.red-ui-palette-node[data-palette-type="${type}"]`);
	}

	/** Drags a node from the palette to a place on the canvas. */
	async drag(type: string, x: number, y: number): Promise<void> {
		await this.paletteNode(type).scrollIntoViewIfNeeded();
		await this.paletteNode(type).dragTo(this.page.locator('#red-ui-workspace-chart'), { targetPosition: { x, y } });
		await this.page.locator('.red-ui-flow-node-group.red-ui-flow-node-selected').waitFor();
	}

	/** Imports a flow through the dialog and drops it where the pointer is. */
	async import(flow: object[], x: number, y: number): Promise<void> {
		await this.page.locator('#red-ui-workspace-chart').click({ position: { x: 20, y: 20 } });
		await this.page.keyboard.press('Control+i');
		const text = this.page.locator('#red-ui-clipboard-dialog-import-text');
		const json = JSON.stringify(flow);
		const ok = this.page.locator('#red-ui-clipboard-dialog-ok');
		// The dialog empties its field while it opens, and looks at it a moment after the last change, which it may have missed then.
		await until('the flow can be imported', async () => {
			await text.fill('');
			await text.fill(json);
			await this.page.waitForTimeout(1000);
			return (await text.inputValue()) === json && (await ok.isEnabled());
		});
		await ok.click();
		await this.page.locator('#red-ui-clipboard-dialog').waitFor({ state: 'hidden' });
		await this.page.locator('#red-ui-workspace-chart').hover({ position: { x, y } });
		await this.page.mouse.down();
		await this.page.mouse.up();
		await this.page.locator('#red-ui-workspace-chart').click({ position: { x: 20, y: 20 } });
	}

	/** Shows a flow by the beginning of its name. */
	async openFlow(name: string): Promise<void> {
		await this.page.locator('.red-ui-tab-label').filter({ hasText: name }).first().click();
	}

	node(label: string): Locator {
		return this.page.locator('.red-ui-flow-node-group').filter({ hasText: label });
	}

	/** The text below a node. */
	async status(label: string): Promise<string> {
		return await this.node(label).locator('.red-ui-flow-node-status-label').innerHTML();
	}

	async edit(label: string): Promise<void> {
		await this.node(label).dblclick();
		await this.page.locator('#node-dialog-ok').waitFor();
	}

	async done(): Promise<void> {
		await this.page.locator('#node-dialog-ok').click();
		await this.page.locator('#node-dialog-ok').waitFor({ state: 'detached' });
	}

	async cancel(): Promise<void> {
		await this.page.locator('#node-dialog-cancel').click();
		await this.page.locator('#node-dialog-cancel').waitFor({ state: 'detached' });
	}

	get chooser(): Locator {
		return this.page.locator('#synoflow-choose');
	}

	/** Opens the list of operations or events, searches in it, and gives the titles that it shows. The form must have come before. */
	async search(query: string): Promise<string[]> {
		await this.page.locator('.synoflow-entry:visible').waitFor();
		await this.chooser.click();
		if (query !== '') await this.chooser.fill(query);
		return (await this.page.locator('#synoflow-choices [role=option] > div:first-child').allInnerTexts()).map((text) =>
			text.trim(),
		);
	}

	/** Takes an operation ("message.send") or event ("trigger.messageReceived") from the list. */
	async choose(key: string): Promise<void> {
		await this.search('');
		await this.page.locator(`#synoflow-choices [role=option][data-key="${key}"]`).last().click();
		await this.page.locator(`.synoflow-entry[data-entry="${key}"]:visible`).waitFor();
	}

	/** Elements of the topmost form that stick out of its tray, and texts that are cut off; all optional parts are opened for it. */
	async tooWide(): Promise<string[]> {
		return await this.page.locator('.red-ui-tray-body').last().evaluate(stickingOut);
	}

	/** Takes an operation or event without the mouse, for when each of a thousand is looked at. */
	async glance(key: string): Promise<Glance> {
		return await this.chooser.evaluate(glance, [key, String(stickingOut)] as const);
	}

	async addConnection(): Promise<void> {
		await this.page.locator('#node-input-btn-nas-add').click();
		await this.page.locator('#node-config-dialog-ok').waitFor();
	}

	async fillConnection(values: Record<string, string>): Promise<void> {
		for (const [name, value] of Object.entries(values))
			await this.page.locator(`#node-config-input-${name}`).fill(value);
	}

	/** Presses the Test button; gives its answer and whether it is shown as a success. */
	async testConnection(): Promise<{ ok: boolean; text: string }> {
		await this.page.locator('#synoflow-test').click();
		const answer = this.page.locator('#synoflow-test-answer.synoflow-good, #synoflow-test-answer.synoflow-bad');
		await answer.waitFor();
		return {
			ok: (await answer.getAttribute('class'))?.includes('synoflow-good') ?? false,
			text: await answer.innerText(),
		};
	}

	async saveConnection(): Promise<void> {
		await this.page.locator('#node-config-dialog-ok').click();
		await this.page.locator('#node-config-dialog-ok').waitFor({ state: 'detached' });
	}

	field(name: string): Locator {
		return this.page.locator(`.synoflow-entry:visible .synoflow-row[data-field="${name}"]`);
	}

	/**
	 * Types into a field with a pick list; gives what the list shows then. Types again when the keys went nowhere: on a busy machine
	 * the editor is still setting up the form that it already shows.
	 */
	async listOf(name: string, search: string): Promise<string[]> {
		const input = this.field(name).locator('.red-ui-typedInput-input:visible');
		const items = this.page.locator('.red-ui-menu:visible li');
		return await until(`the list of ${name} is shown`, async () => {
			if ((await input.inputValue()) !== search) {
				await input.fill('');
				await input.pressSequentially(search);
			}
			const texts = (await items.allInnerTexts()).map((text) => text.trim()).filter(Boolean);
			return texts.length > 0 && texts;
		});
	}

	async pick(text: string): Promise<void> {
		await this.page.locator('.red-ui-menu:visible li').filter({ hasText: text }).first().click();
	}

	async deploy(): Promise<void> {
		await this.page.locator('#red-ui-header-button-deploy').click();
		await this.notification('Successfully deployed').waitFor();
	}

	/** Deploys although Node-RED warns that nodes are not complete; gives the warning. */
	async deployIncomplete(): Promise<string> {
		await this.page.locator('#red-ui-header-button-deploy').click();
		const warning = this.notification('not properly configured');
		const text = await warning.innerText();
		await warning.getByText('Confirm deploy').click();
		await this.notification('Successfully deployed').waitFor();
		return text;
	}

	private notification(text: string): Locator {
		return this.page.locator('.red-ui-notification').filter({ hasText: text }).first();
	}

	/** Shows the upper left of the canvas, where flows begin. */
	async scrollToStart(): Promise<void> {
		await this.page.locator('#red-ui-workspace-chart').evaluate((chart) => chart.scrollTo(0, 0));
	}

	/** Presses the button of an inject node. */
	async inject(label: string): Promise<void> {
		await this.node(label).locator('.red-ui-flow-node-button-button').click();
	}

	/** Waits for a message in the debug sidebar that holds `text`. */
	async debugMessage(text: string): Promise<string> {
		const message = this.page.locator('.red-ui-debug-msg').filter({ hasText: text }).first();
		await message.waitFor();
		return await message.innerText();
	}

	/** Selects a node and shows its help; gives the text. */
	async help(label: string): Promise<string> {
		await this.node(label).click();
		await this.page.keyboard.press('Control+g');
		await this.page.keyboard.press('h');
		const help = this.page.locator('.red-ui-help:visible').first();
		// At first the purpose alone is shown; the rest is fetched.
		await help.locator('h3').first().waitFor();
		return await help.innerText();
	}
}
