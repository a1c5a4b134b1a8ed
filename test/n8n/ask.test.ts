import { describe, expect, test } from '@jest/globals';
import './environment';
import { WAIT_INDEFINITELY, type INode } from 'n8n-workflow';
import { inRow, itemsOf, launch, makeWorkflow, startNode, synology } from './engine';
import { Hooks, withHooks } from './hooks';
import { withNas, type Scene } from './support';

const asking = (more: INode['parameters'] = {}): INode =>
	synology('synologyChat', {
		resource: 'message',
		operation: 'sendAndWait',
		channel_id: { __rl: true, mode: 'name', value: 'General' },
		message: '=Deploy {{ $json.version }}?',
		...more,
	});

/** What n8n does with the node, and the links in the message that Chat got. */
async function ask({ credentials, chat }: Scene, node: INode) {
	const workflow = makeWorkflow([startNode, node], inRow(startNode, node));
	const { run } = await launch(workflow, startNode, itemsOf({ version: '1.2' }, { version: '1.3' }), credentials);
	const { status, waitTill } = await run;
	const posts = chat.channel('General').posts.map(({ message }) => message);
	const message = posts.at(-1)!;
	const links = [...message.matchAll(/<([^|>]+)\|([^>]+)>/g)].map(([, url, label]) => ({ url: new URL(url!), label }));
	return { status, waitTill, message, links, posts };
}

/** Answers at a link as a person does: the page is opened, its form is sent. */
async function respond({ credentials }: Scene, node: INode, search: string, body: Record<string, string> = {}) {
	const hooks = new Hooks(makeWorkflow([node]), node, credentials);
	return await withHooks(hooks, async ({ address, events }) => {
		const page = await fetch(`${address}/?${search}`);
		const opened = {
			text: await page.text(),
			policy: page.headers.get('content-security-policy'),
			events: events.length,
		};
		const sent = await fetch(`${address}/?${search}`, { method: 'POST', body: new URLSearchParams(body) });
		return { opened, done: await sent.text(), events };
	});
}

describe('"send and wait for response"', () => {
	test('posts one question with signed links, and waits', async () => {
		await withNas({}, async (scene) => {
			const before = scene.chat.channel('General').posts.length;
			const { status, waitTill, message, links, posts } = await ask(scene, asking({ approvalType: 'double' }));
			expect([status, waitTill]).toEqual(['waiting', WAIT_INDEFINITELY]);
			expect(posts.length).toBe(before + 1);
			expect(message).toMatch(/^Deploy 1\.2\?\n\n</);
			expect(links.map(({ url, label }) => [url.searchParams.get('approved'), label])).toEqual([
				['true', 'Approve'],
				['false', 'Decline'],
			]);
			expect(new Set(links.map(({ url }) => url.searchParams.get('signature'))).size).toBe(2);
		});
	});

	test('waits no longer than it is told', async () => {
		await withNas({}, async (scene) => {
			const start = Date.now();
			const { waitTill, links } = await ask(scene, asking({ waitOptions: { limitHours: 2, approveLabel: 'Go <on>' } }));
			expect(waitTill!.getTime() - start).toBeGreaterThanOrEqual(7_200_000);
			expect(waitTill!.getTime() - start).toBeLessThan(7_260_000);
			expect(links.map(({ label }) => label)).toEqual(['Go  on ']);
		});
	});

	test.each([
		['approved=true', { approved: true }],
		['approved=false', { approved: false }],
	])('goes on with what the button at %s says, and not when the page is opened', async (search, data) => {
		await withNas({}, async (scene) => {
			const { opened, done, events } = await respond(scene, asking({ approvalType: 'double' }), search);
			expect(opened.events).toBe(0);
			expect(opened.text).toContain(`<button type="submit">${data.approved ? 'Approve' : 'Decline'}</button>`);
			expect(opened.policy).toContain('sandbox');
			expect(done).toContain('Your answer was recorded');
			expect(events).toEqual([{ data }]);
		});
	});

	test('asks for a text', async () => {
		await withNas({}, async (scene) => {
			const node = asking({ responseType: 'freeText' });
			const { links } = await ask(scene, node);
			expect(links.map(({ url, label }) => [url.searchParams.has('approved'), label])).toEqual([[false, 'Respond']]);
			const { opened, events } = await respond(scene, node, 'signature=x', { text: 'At <noon>' });
			expect(opened.text).toContain('<textarea');
			expect(events).toEqual([{ data: { text: 'At <noon>' } }]);
		});
	});

	test('fails with what Chat says, and does not wait', async () => {
		await withNas({}, async ({ credentials }) => {
			const node = asking({ channel_id: { __rl: true, mode: 'name', value: 'Generl' } });
			const workflow = makeWorkflow([startNode, node], inRow(startNode, node));
			const { run } = await launch(workflow, startNode, itemsOf({ version: '1' }), credentials);
			const { status, waitTill, data } = await run;
			expect([status, waitTill]).toEqual(['error', undefined]);
			expect(data.resultData.error?.message).toContain('There is no channel "Generl"');
		});
	});
});
