import type { Download, Locator, Page } from 'playwright-core';
import { until } from './process.cjs';

const id = (testId: string) => `[data-test-id="${testId}"]`;

export interface Owner {
	email: string;
	firstName: string;
	lastName: string;
	password: string;
}

/** n8n's editor by its own test ids, so that texts and layout may change. */
export class N8nPage {
	constructor(
		readonly page: Page,
		readonly base: string,
	) {}

	/** Fills in the form of the first start. */
	async setUpOwner(owner: Owner): Promise<void> {
		await this.page.goto(this.base);
		for (const [name, value] of Object.entries(owner)) await this.page.fill(`input[name="${name}"]`, value);
		await this.page.click(id('form-submit-button'));
		await this.page.waitForURL(/\/home\//);
	}

	/** Logs in without the form, which saves loading the editor twice. */
	async enter({ email, password }: Owner): Promise<void> {
		const answer = await this.page.request.post(`${this.base}/rest/login`, {
			data: { emailOrLdapLoginId: email, password },
		});
		if (!answer.ok()) throw new Error(`Log-in: HTTP ${answer.status()}`);
	}

	async logIn(owner: Owner): Promise<void> {
		await this.page.goto(`${this.base}/signin`);
		await this.page.fill('input[name="emailOrLdapLoginId"]', owner.email);
		await this.page.fill('input[name="password"]', owner.password);
		await this.page.click(id('form-submit-button'));
		await this.page.waitForURL(/\/home\//);
	}

	/** The window of a new credential of the type with this title. */
	async newCredential(title: string): Promise<void> {
		await this.page.goto(`${this.base}/home/credentials`);
		await this.page.click(id('add-resource-credential'));
		await this.page.locator(`${id('new-credential-type-select')} input`).fill(title);
		await this.exact('new-credential-type-select-option', title).click();
		await this.page.click(id('new-credential-type-button'));
		await this.page.waitForSelector(id('editCredential-modal'));
	}

	/** Fills in fields of the credential window, by parameter name. */
	async fillCredential(values: Record<string, string>): Promise<void> {
		for (const [name, value] of Object.entries(values)) {
			await this.page.locator(`${id('editCredential-modal')} ${id(`parameter-input-${name}`)} input`).fill(value);
		}
	}

	/** Saves, which also tests; gives n8n's answer about the test. */
	async saveCredential(): Promise<{ status: string; message: string }> {
		const answer = this.page.waitForResponse((response) => response.url().includes('/credentials/test'));
		await this.page.click(id('credential-save-button'));
		const { data } = (await (await answer).json()) as { data: { status: string; message: string } };
		return data;
	}

	/** The address that an OAuth2 credential wants to be registered. */
	async redirectAddress(): Promise<string> {
		return await this.credentialWindow().getByText('/rest/oauth2-credential/callback').innerText();
	}

	/** Chooses in a list of the credential window, by what it shows. */
	async chooseInCredential(name: string, option: string): Promise<void> {
		await this.credentialWindow()
			.locator(`${id(`parameter-input-${name}`)} input`)
			.click();
		await this.exactly(this.page.locator('[role=option]:visible .option-headline'), option).click();
	}

	/** Presses the button that opens the sign-in of an OAuth2 credential, which is saved with it. */
	async connectAccount(): Promise<void> {
		await this.credentialWindow().getByRole('button', { name: 'Connect', exact: true }).click();
	}

	/** Shown once an OAuth2 credential has its tokens. */
	accountConnected(): Locator {
		return this.credentialWindow().locator(id('oauth-connect-success-banner'));
	}

	credentialWindow(): Locator {
		return this.page.locator(id('editCredential-modal'));
	}

	/** The green banner of the credential window; it is always in the page, so what counts is that it shows. */
	credentialWorks(): Locator {
		return this.page.locator(id('credentials-config-container-test-success'));
	}

	async openWorkflow(workflowId: string): Promise<void> {
		await this.page.goto(`${this.base}/workflow/${workflowId}`);
		await this.page.waitForSelector(id('canvas-node'));
	}

	/** Opens the node creator and gives what it lists for a search, once `expected` is among it. */
	async searchNodes(text: string, expected: string): Promise<string[]> {
		await this.page.click(id('node-creator-plus-button'));
		await this.page.locator(id('node-creator-search-bar')).fill(text);
		return await this.creatorItems(expected);
	}

	/** The actions of a node that the creator lists. */
	async actionsOf(title: string, expected: string): Promise<string[]> {
		await this.exact('node-creator-item-name', title).click();
		return await this.creatorItems(expected);
	}

	/** Adds a node, or an action of it, from what the creator lists; its panel opens. */
	async add(title: string): Promise<void> {
		await this.exact('node-creator-item-name', title).click();
		await this.page.waitForSelector(id('ndv'));
	}

	private async creatorItems(expected: string): Promise<string[]> {
		await this.exact('node-creator-item-name', expected).waitFor();
		return await texts(this.page.locator(id('node-creator-item-name')));
	}

	async openNode(name: string): Promise<void> {
		await this.page.locator(`${id('canvas-node')}[data-node-name="${name}"]`).dblclick();
		await this.page.waitForSelector(id('ndv'));
	}

	async closeNode(): Promise<void> {
		await this.page.click(id('ndv-close-button'));
		await this.page.waitForSelector(id('ndv'), { state: 'hidden' });
	}

	parameter(name: string): Locator {
		return this.page.locator(`${id('ndv')} ${id(`parameter-input-${name}`)}`);
	}

	/** The choices of an options parameter, opened. */
	async options(name: string): Promise<string[]> {
		await this.parameter(name).locator('input').first().click();
		const options = this.page.locator('[role=option]:visible');
		await options.first().waitFor();
		return (await options.locator('.option-headline').allInnerTexts()).map((text) => text.trim());
	}

	async choose(name: string, option: string): Promise<void> {
		await this.parameter(name).locator('input').first().click();
		await this.page
			.locator('[role=option]:visible')
			.filter({ hasText: new RegExp(`^\\s*${option}`) })
			.first()
			.click();
	}

	async fill(name: string, text: string): Promise<void> {
		await this.parameter(name).locator('input, textarea').first().fill(text);
	}

	/** Opens a resource locator's list and gives its entries, as they are after the search. */
	async listOf(name: string, search?: string): Promise<string[]> {
		const box = this.page.locator(id(`resource-locator-${name}`));
		await box.locator(id('rlc-input')).click();
		const items = this.page.locator(id('rlc-item')).locator('visible=true');
		await items.first().waitFor();
		if (search === undefined) return await texts(items);
		const before = (await texts(items)).join();
		await this.page.locator(`${id('rlc-search')}:visible`).fill(search);
		return await until(`the list of ${name} follows the search`, async () => {
			const after = await texts(items);
			return after.length > 0 && after.join() !== before && after;
		});
	}

	async pick(title: string): Promise<void> {
		await this.page.locator(id('rlc-item')).locator('visible=true').filter({ hasText: title }).first().click();
	}

	/** What a resource locator shows as chosen. */
	async picked(name: string): Promise<string> {
		return await this.page
			.locator(id(`resource-locator-${name}`))
			.locator(id('rlc-input'))
			.inputValue();
	}

	/** Runs the open node, waits for its end and for `expected` in the output panel; gives the panel's text. */
	async executeStep(expected: string | RegExp): Promise<string> {
		const button = this.page.locator(id('node-execute-button')).first();
		await button.click();
		const panel = this.page.locator(id('output-panel'));
		await panel
			.locator(`${id('node-run-status-success')}, ${id('node-run-status-danger')}`)
			.first()
			.waitFor();
		await button.filter({ hasText: /Execute step|Fetch Test Event/ }).waitFor();
		await panel.filter({ hasText: expected }).waitFor();
		return await panel.innerText();
	}

	/** The table of the output panel, its head first. */
	async table(): Promise<string[][]> {
		const panel = this.page.locator(id('output-panel'));
		await panel.locator(id('radio-button-table')).click();
		await panel.locator('table tbody tr').first().waitFor();
		const rows = await panel.locator('table tr').all();
		return await Promise.all(rows.map(async (row) => texts(row.locator('th, td'))));
	}

	/** Opens the files of the output panel, and downloads the one of this property. */
	async downloadOutput(property: string): Promise<Download> {
		const panel = this.page.locator(id('output-panel'));
		await panel.locator(id('radio-button-binary')).click();
		const cell = panel.locator('[class*=binaryCell]').filter({ hasText: property }).first();
		const download = this.page.waitForEvent('download');
		await cell.locator(id('ndv-download-binary-data')).click();
		return await download;
	}

	/** Publishes through the button and the dialog, and confirms what n8n says afterwards. */
	async publish(): Promise<void> {
		await this.page.click(id('workflow-open-publish-modal-button'));
		await this.page.click(id('workflow-publish-button'));
		await this.page.getByRole('button', { name: 'Got it' }).click();
	}

	private exact(testId: string, text: string): Locator {
		return this.exactly(this.page.locator(id(testId)), text);
	}

	private exactly(places: Locator, text: string): Locator {
		const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
		return places.filter({ hasText: new RegExp(`^\\s*${escaped}\\s*$`) }).first();
	}
}

async function texts(items: Locator): Promise<string[]> {
	return (await items.allInnerTexts()).map((text) => text.trim());
}
