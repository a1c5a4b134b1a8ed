import { describe, expect, test } from '@jest/globals';
import { releases } from '../../../src/simulator';
import { withNas } from '../../support/nas';
import { operations } from './stage';

describe('scheduled tasks', () => {
	test.each([
		['7.0.1', 2],
		['7.1.1', 2],
		['7.2.2', 3],
		['7.4', 3],
	] as const)(
		'are listed on DSM %s by version %i, which has a list there, without a vain call',
		async (dsm, version) => {
			await withNas({ dsm }, async ({ dsm: client, simulator }) => {
				expect((await client.do(operations.task.list, {})).map(({ name }) => name)).toContain('Nightly');
				const asked = simulator.requests.filter(({ api }) => api === 'SYNO.Core.TaskScheduler');
				expect(asked.map((one) => [one.version, one.answerCode])).toEqual([[version, 0]]);
			});
		},
	);

	test('of root are written by the API that the release has', async () => {
		for (const [dsm, api] of [
			['7.0.1', 'SYNO.Core.TaskScheduler'],
			['7.2.2', 'SYNO.Core.TaskScheduler.Root'],
		] as const)
			await withNas({ dsm }, async ({ dsm: client, simulator }) => {
				const made = await client.do(operations.task.create, { name: 'Rotate', script: 'rotate.sh' });
				expect(made).toMatchObject({ name: 'Rotate', owner: 'root' });
				expect(simulator.requests.find(({ method }) => method === 'create')?.api).toBe(api);
			});
	});
});

describe('power', () => {
	test.each(releases)('is switched on DSM %s by the version that every release has it in', async (dsm) => {
		await withNas({ dsm }, async ({ dsm: client, simulator }) => {
			expect(await client.do(operations.nas.restart, { confirm: true, wait: true })).toMatchObject({ is_back: true });
			await client.do(operations.nas.stop, { confirm: true });
			expect(simulator.nas.isOff).toBe(true);
		});
	});
});
