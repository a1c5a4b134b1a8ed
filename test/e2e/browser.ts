import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { root } from './process.cjs';

/** Screenshots land here; run.mjs copies the ones worth showing to docs/images. */
export const screenshots = path.join(root, '.cache/e2e/screenshots');

export type Scheme = 'light' | 'dark';

const args = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--disable-dev-shm-usage',
];

/** Debian's Chromium with an empty profile; every wait of its pages ends after 30 s. */
export async function openBrowser(scheme: Scheme, locale = 'en-US'): Promise<BrowserContext> {
	const profile = await mkdtemp(path.join(tmpdir(), 'synoflow-browser-'));
	const context = await chromium.launchPersistentContext(profile, {
		executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
		headless: true,
		viewport: { width: 1440, height: 900 },
		colorScheme: scheme,
		locale,
		args,
	});
	context.setDefaultTimeout(30_000);
	context.on('close', () => void rm(profile, { recursive: true, force: true, maxRetries: 5 }));
	return context;
}

/** The page a context starts with. */
export function firstPage(context: BrowserContext): Promise<Page> {
	const [page] = context.pages();
	return page ? Promise.resolve(page) : context.newPage();
}

/** A picture of the page, without the notifications that come and go over it. */
export async function shoot(page: Page, name: string): Promise<void> {
	await mkdir(screenshots, { recursive: true });
	const picture = path.join(screenshots, `${name}.png`);
	await page.screenshot({
		path: picture,
		animations: 'disabled',
		style: '.red-ui-notification, .el-notification { visibility: hidden }',
	});
}

/** Does `work`; if it fails, leaves a picture of the page with the test's name. */
export async function watched(page: Page, name: string, work: () => Promise<void>): Promise<void> {
	try {
		await work();
	} catch (error) {
		await shoot(page, `failed-${name}`).catch(() => undefined);
		throw error;
	}
}

/** Errors of the page's own scripts, collected from now on. */
export function pageErrors(page: Page): string[] {
	const errors: string[] = [];
	page.on('pageerror', (error) => errors.push(error.message));
	return errors;
}
