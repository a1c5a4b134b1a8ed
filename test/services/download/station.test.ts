import { describe, expect, test } from '@jest/globals';
import { failure, withNas } from '../../support/nas';
import { feeds, search, state, stations, tasks } from './stage';

describe('the station', () => {
	test('tells its release, its speeds and its settings, and changes what is given alone', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			expect(await dsm.do(stations.get, {})).toMatchObject({ version_string: '4.0.3-4720', is_manager: true });
			await dsm.do(tasks.create, { urls: 'https://files.example/x.iso' });
			expect(await dsm.do(stations.getSpeeds, {})).toEqual({ speed_download: 0, speed_upload: 0 });
			const changed = await dsm.do(stations.updateSettings, { http_max_download: '500', emule_enabled: true });
			expect(changed).toMatchObject({ http_max_download: 500, emule_enabled: true, bt_max_upload: 20 });
			expect(await dsm.do(stations.setSchedule, { enabled: true })).toEqual({ enabled: true, emule_enabled: false });
			expect(await dsm.do(stations.getSchedule, {})).toEqual({ enabled: true, emule_enabled: false });
			expect(await dsm.do(stations.getSettings, {})).toMatchObject({ default_destination: 'home' });
		});
	});

	test('keeps what is not given in settings that are replaced as a whole', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const bt = await dsm.do(stations.updateTorrentSettings, { max_upload_rate: 50 });
			expect(bt).toMatchObject({ max_upload_rate: 50, tcp_port: 16881, enable_dht: true, encrypt: 'auto' });
			expect(await dsm.do(stations.getTorrentSettings, {})).toEqual(bt);
			const web = await dsm.do(stations.updateWebSettings, { ftp_max_conn: 3 });
			expect(web).toMatchObject({ ftp_max_conn: 3, enable_ftp_max_conn: false });
			expect(await dsm.do(stations.getWebSettings, {})).toEqual(web);
			const order = await dsm.do(stations.updateTaskSettings, { max_tasks: 3 });
			expect(order).toMatchObject({ max_tasks: 3, schedule: '1'.repeat(168), order: 'request' });
			expect((await dsm.do(stations.getTaskSettings, {})).max_tasks).toBe(3);
		});
	});

	test('changes what is partial alone, so that passwords stay, and shows none', async () => {
		await withNas({}, async (scene) => {
			const { dsm, simulator } = scene;
			const news = await dsm.do(stations.updateNzbSettings, { conn_per_download: '4', enable_encryption: true });
			expect(news).toMatchObject({ server: 'news.example.com', port: 119, conn_per_download: 4, enable_auth: true });
			expect(simulator.requests.find(({ method }) => method === 'set')?.params).toMatchObject({
				conn_per_download: 4,
				enable_encryption: true,
			});
			expect(await dsm.do(stations.getNzbSettings, {})).toEqual(news);
			const extraction = await dsm.do(stations.updateExtractionSettings, { enable_unzip: true });
			expect(extraction).toMatchObject({
				enable_unzip: true,
				create_subfolder: true,
				unzip_location: 'current_folder',
			});
			expect(JSON.stringify([extraction, await dsm.do(stations.getExtractionSettings, {})])).not.toContain('s3cret');
			expect(state(scene).settings.AutoExtraction?.passwords).toEqual(['s3cret']);
			expect((await failure(dsm.do(stations.updateNzbSettings, {}))).code).toBe('input');
			expect((await failure(dsm.do(stations.updateNzbSettings, { port: 70_000 }))).code).toBe('input');
		});
	});

	test('reads feeds more often, and puts what eMule brings elsewhere', async () => {
		await withNas({}, async ({ dsm }) => {
			expect(await dsm.do(stations.getFeedSettings, {})).toEqual({ update_interval: 1440 });
			expect(await dsm.do(stations.setFeedSettings, { update_interval: 60 })).toEqual({ update_interval: 60 });
			expect(await dsm.do(stations.getEmuleDestination, {})).toEqual({ default_destination: '' });
			const set = await dsm.do(stations.setEmuleDestination, { destination: '/docs/' });
			expect(set).toEqual({ default_destination: 'docs' });
			const missing = await failure(dsm.do(stations.setEmuleDestination, { destination: 'nowhere' }));
			expect(missing.dsmCode).toBe(403);
			const limits = await dsm.do(stations.updateSettings, { emule_max_upload: 7 });
			expect(limits).toMatchObject({ emule_max_upload: 7, emule_max_download: 0 });
		});
	});

	test('sets the default destination although no folder is watched', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			expect(await dsm.do(stations.getDestination, {})).toMatchObject({
				default_destination: 'home',
				torrent_nzb_watch_folder: '',
			});
			await dsm.do(stations.setDestination, { destination: '/docs' });
			expect(state(scene).defaults.get('alice')).toBe('docs');
		});
	});

	test('shows its settings to administrators only', async () => {
		await withNas({ account: 'user' }, async ({ dsm }) => {
			for (const operation of [stations.getSettings, stations.getSchedule, stations.getTorrentSettings])
				expect((await failure(dsm.do(operation, {}))).code).toBe('permission');
		});
	});
});

describe('the torrent search', () => {
	test('waits for all results and cleans up', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const found = await dsm.do(search.search, { keyword: 'debian' });
			expect(found.map(({ title, seeds, size }) => [title, seeds, size])).toEqual([
				['debian 0', 30, 1_000_000],
				['debian 1', 20, 2_000_000],
				['debian 2', 10, 3_000_000],
			]);
			expect(simulator.requests.at(-1)?.method).toBe('clean');
			expect(await dsm.do(search.listEngines, {})).toEqual([{ id: 'm1', title: 'Example', enabled: true }]);
			expect(await dsm.do(search.listCategories, {})).toEqual([{ id: '_allcat_', title: 'All' }]);
			simulator.use({ 'SYNO.DownloadStation.BTSearch.start': () => ({ error: 403 }) });
			expect((await failure(dsm.do(search.search, { keyword: 'x' }))).message).toBe(
				'The categories of the torrent search cannot be read (code 403).',
			);
		});
	});
});

describe('a search', () => {
	test('asks one engine for one category, if wanted', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			await dsm.do(search.search, { keyword: 'debian', engine: 'm1', category: '_allcat_' });
			const sent = (method: string) => simulator.requests.find((one) => one.method === method)?.params;
			expect([sent('start')?.module, sent('list')?.filter_category]).toEqual(['m1', '_allcat_']);
			const told = await failure(dsm.do(search.search, { keyword: 'debian', engine: 'm2' }));
			expect(told.message).toBe('A parameter of the torrent search is not valid (code 401).');
		});
	});
});

describe('feeds', () => {
	test('have filters, which are listed, added and removed', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const given = { site_id: '1', name: 'Releases', match: '1080p', destination: '/docs' };
			expect(await dsm.do(feeds.addFilter, given)).toEqual({});
			expect(await dsm.do(feeds.listFilters, { site_id: 1 })).toEqual([
				{
					id: '1',
					feed_id: '1',
					name: 'Releases',
					match: '1080p',
					not_match: '',
					destination: 'docs',
					is_regex: false,
				},
			]);
			await dsm.do(feeds.removeFilter, { filter_id: '1' });
			expect(state(scene).filters).toEqual([]);
			expect((await failure(dsm.do(feeds.removeFilter, { filter_id: '1' }))).dsmCode).toBe(404);
			expect((await failure(dsm.do(feeds.addFilter, { ...given, site_id: 'News' }))).code).toBe('input');
		});
	});

	test('are listed with their items, refreshed, added and removed', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const [feed] = await dsm.do(feeds.list, {});
			expect(feed).toMatchObject({ id: '1', title: 'News', url: 'https://feed.example/rss' });
			expect(await dsm.do(feeds.listItems, { site_id: feed!.id })).toMatchObject([
				{ title: 'Item 1', download_uri: 'https://files.example/1.torrent', time: expect.stringMatching(/Z$/) },
			]);
			await dsm.do(feeds.refresh, { site_id: feed!.id });
			expect(state(scene).sites[0]!.updatedAt).toBe(state(scene).now());
			await dsm.do(feeds.refreshAll, {});
			await dsm.do(feeds.add, { url: 'https://feed.example/other' });
			expect(await dsm.do(feeds.list, {})).toHaveLength(2);
			await dsm.do(feeds.remove, { site_id: feed!.id });
			expect((await dsm.do(feeds.list, {})).map(({ url }) => url)).toEqual(['https://feed.example/other']);
		});
	});
});
