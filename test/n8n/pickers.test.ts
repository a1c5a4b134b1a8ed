import { describe, expect, test } from '@jest/globals';
import { LoadOptionsContext } from 'n8n-core';
import type { ILoadOptionsFunctions, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';
import { actionProperties, triggerProperties } from '../../src/n8n/properties';
import { allServices } from '../../src/services';
import { filesOf } from '../../src/simulator/services/file';
import { methods } from '../../src/n8n/head';
import { additionalData, makeWorkflow, synology, typeOf, type Credentials } from './engine';
import { callsSince, withNas } from './support';

function contextOf(type: string, credentials: Credentials): ILoadOptionsFunctions {
	const node = synology(type, {});
	const data = { ...additionalData(credentials), currentNodeParameters: {} };
	return new LoadOptionsContext(makeWorkflow([node]), node, data, '') as unknown as ILoadOptionsFunctions;
}

async function search(
	type: string,
	method: string,
	credentials: Credentials,
	filter?: string,
	token?: string,
): Promise<INodeListSearchResult> {
	return await typeOf(type).methods!.listSearch![method]!.call(contextOf(type, credentials), filter, token);
}

async function load(type: string, method: string, credentials: Credentials): Promise<INodePropertyOptions[]> {
	return await typeOf(type).methods!.loadOptions![method]!.call(contextOf(type, credentials));
}

describe('the list of a resource locator', () => {
	test('shows channels by name, and conversations by the people in them', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const { results, paginationToken } = await search('synologyChat', 'chatChannelListByChannelId', credentials);
			expect(results).toContainEqual({ name: 'ops', value: String(chat.channel('ops').channel_id) });
			expect(results).toContainEqual({ name: 'Bob', value: String(chat.direct('alice', 'bob').channel_id) });
			expect(paginationToken).toBeUndefined();
		});
	});

	test('shows the users and groups of the NAS to an administrator', async () => {
		await withNas({}, async ({ credentials }) => {
			const users = await search('synologyIdentity', 'identityUserListByName', credentials, 'bo');
			expect(users.results).toEqual([{ name: 'bob', value: 'bob' }]);
			const groups = await load('synologyIdentity', 'identityGroupListByName', credentials);
			expect(groups).toContainEqual({ name: 'administrators', value: 'administrators' });
		});
	});

	test('is searched without regard to capitals', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const { results } = await search('synologyChat', 'chatChannelListByChannelId', credentials, 'GENER');
			expect(results).toEqual([{ name: 'General', value: String(chat.channel('General').channel_id) }]);
		});
	});

	test('comes a hundred rows at a time, each row once', async () => {
		await withNas({}, async ({ credentials }) => {
			const names: string[] = [];
			let token: string | undefined;
			const sizes: number[] = [];
			do {
				const page = await search('synologyApi', 'apiNasListApisByName', credentials, 'SYNO.Core.', token);
				names.push(...page.results.map(({ name }) => name));
				sizes.push(page.results.length);
				token = page.paginationToken as string | undefined;
			} while (token);
			expect(sizes.slice(0, -1).every((size) => size === 100)).toBe(true);
			expect(sizes.length).toBeGreaterThan(3);
			expect(new Set(names).size).toBe(names.length);
			expect(names.every((name) => name.startsWith('SYNO.Core.'))).toBe(true);
		});
	});

	test('of files begins with the shared folders, and looks into a folder that is typed', async () => {
		await withNas({}, async ({ credentials, simulator }) => {
			const names = async (text: string) =>
				(await search('synologyFile', 'fileShareListByPathInFileFolderList', credentials, text)).results;
			expect(await names('')).toContainEqual({ name: '/docs', value: '/docs' });
			const state = filesOf(simulator.nas);
			state.write('/docs/reports/may.pdf');
			state.write('/docs/reports/june.pdf');
			expect(await names('/docs/reports/')).toEqual(
				['june', 'may'].map((month) => {
					const path = `/docs/reports/${month}.pdf`;
					return { name: path, value: path };
				}),
			);
			expect((await names('/docs/reports/MA')).map(({ value }) => value)).toEqual(['/docs/reports/may.pdf']);
			expect(await names('/docs/none/x')).toEqual([]);
		});
	});

	test('of messages is searched by their words', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const { results } = await search('synologyChat', 'chatMessageSearchByPostId', credentials);
			expect(results.length).toBeGreaterThan(0);
			const post = chat.channel('General').posts[0]!;
			const found = await search('synologyChat', 'chatMessageSearchByPostId', credentials, post.message);
			expect(found.results.map(({ value }) => value)).toContain(String(post.post_id));
		});
	});

	test('uses the session of the workflows', async () => {
		await withNas({}, async ({ simulator, credentials }) => {
			await search('synologyChat', 'chatUserListByUserId', credentials);
			const before = simulator.requests.length;
			await search('synologyChat', 'chatUserListByUserId', credentials, 'bob');
			expect(callsSince(simulator, before)).toEqual(['SYNO.Chat.User list']);
		});
	});

	test('says what is wrong when it cannot be filled', async () => {
		await withNas({}, async ({ credential }) => {
			const credentials = { nas: { ...credential, password: 'wrong' } };
			await expect(search('synologyChat', 'chatUserListByUserId', credentials)).rejects.toMatchObject({
				name: 'NodeApiError',
				failure: { cause: 'credential-invalid' },
			});
		});
	});
});

describe('the list of a multiple choice', () => {
	test('holds all users in the order of the alphabet', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const options = await load('synologyChatTrigger', 'chatUserListByUserId', credentials);
			expect(options.slice(0, 2)).toEqual([
				{ name: 'Alice (alice)', value: String(chat.user('alice').user_id) },
				{ name: 'Bob (bob)', value: String(chat.user('bob').user_id) },
			]);
		});
	});
});

describe('a list that is too long to draw', () => {
	test('says so at its head, and that is no choice', async () => {
		await withNas({}, async ({ chat, simulator, credentials }) => {
			const [user] = chat.users.values();
			const users = Array.from({ length: 1500 }, (_, index) => ({
				...user,
				user_id: index + 1,
				username: `u${index}`,
			}));
			simulator.use({ 'SYNO.Chat.User.list': () => ({ data: { users } }) });
			const options = await load('synologyChatTrigger', 'chatUserListByUserId', credentials);
			expect(options).toHaveLength(1001);
			expect(options[0]).toEqual({
				name: 'Only the First 1000 Are Listed',
				value: '',
				description: 'Name others by an expression',
			});
		});
	});
});

describe('every list', () => {
	test('that a form names has its method', () => {
		const all = allServices().flatMap((service) => {
			const text = JSON.stringify([actionProperties(service), triggerProperties(service)]);
			const named = [...text.matchAll(/"(searchListMethod|loadOptionsMethod)":"(\w+)"/g)];
			const { listSearch, loadOptions } = methods(service.id);
			const missing = named.filter(
				([, kind, name]) => !(name! in (kind === 'searchListMethod' ? listSearch : loadOptions)),
			);
			expect(missing).toEqual([]);
			return named;
		});
		expect(all.length).toBeGreaterThan(100);
	});
});
