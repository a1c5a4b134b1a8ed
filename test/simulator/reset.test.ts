import { expect, test } from '@jest/globals';
import { findOperation } from '../../src/services';
import { filesOf } from '../../src/simulator/services/file';
import { withNas } from '../support/nas';

test('a simulated NAS that is reset is as at the start, and whoever was signed in still is', async () => {
	await withNas({}, async ({ simulator, dsm }) => {
		const names = async () =>
			((await dsm.do(findOperation('file.folder.list'), { folder: '/docs' })) as { name: string }[]).map(
				({ name }) => name,
			);
		const before = await names();
		filesOf(simulator.nas).write('/docs/later.txt', { content: 'later' });
		simulator.use({ 'SYNO.FileStation.List.getinfo': () => ({ error: 408 }) });
		simulator.nas.faults.next({ code: 407, times: 9 });
		simulator.nas.lie('emptyList');
		await simulator.reset();
		expect(await names()).toEqual(before);
		expect(simulator.logins).toBe(1);
		expect(simulator.requests.map(({ api }) => api)).not.toContain('SYNO.API.Auth');
	});
});
