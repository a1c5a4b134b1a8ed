import { describe, expect, test } from '@jest/globals';
import { sampleParams } from '../../../src/build/samples';
import { idOf, type AnyOperation } from '../../../src/catalog/operation';
import { isDsmError } from '../../../src/core/errors';
import { releases, type DsmRelease } from '../../../src/simulator';
import { withNas } from '../../support/nas';
import { everyOperation, operations } from './stage';

const reads = everyOperation().filter(({ readOnly }) => readOnly);

/** What became of every operation that reads, by its id: nothing where it worked, else what was said. */
async function refusalsOn(dsm: DsmRelease): Promise<Record<string, string>> {
	return await withNas({ dsm, allowUnknown: true }, async (scene) => {
		const refusals: Record<string, string> = {};
		for (const one of reads) {
			const id = idOf(one as AnyOperation);
			try {
				await scene.dsm.do(one, sampleParams(id, one.params) as never);
			} catch (error) {
				if (!isDsmError(error)) throw error;
				refusals[id] = `${error.name}: ${error.message} ${error.hint ?? ''}`;
			}
		}
		// What the NAS has not was never asked for.
		expect(scene.simulator.unexpected).toEqual([]);
		return refusals;
	});
}

/** What is missing on each release, by the resource or operation that needs it. A package named here is one that the recorded NAS had not. */
const absent: Record<DsmRelease, Record<string, string>> = {
	'7.0.1': {
		activeBackup: 'Active Backup for Business',
		homeMode: 'Surveillance Station',
		project: 'Container Manager',
		replication: 'Snapshot Replication',
	},
	'7.1.1': {
		activeBackup: 'Active Backup for Business',
		project: 'Container Manager',
		replication: 'Snapshot Replication',
	},
	'7.2.2': { activeBackup: 'Active Backup for Business', replication: 'Snapshot Replication' },
	'7.3': { backup: 'Hyper Backup', homeMode: 'Surveillance Station' },
	'7.4': { backup: 'Hyper Backup', homeMode: 'Surveillance Station' },
};

describe('what reads', () => {
	test.each(releases)('works on DSM %s, or names the package that is missing there', async (dsm) => {
		const refusals = await refusalsOn(dsm);
		const named = Object.entries(refusals).map(([id, said]) => [id.split('.')[1]!, said] as const);
		expect(Object.fromEntries(named.map(([resource]) => [resource, true]))).toEqual(
			Object.fromEntries(Object.keys(absent[dsm]).map((resource) => [resource, true])),
		);
		for (const [resource, said] of named)
			expect(said).toMatch(
				new RegExp(`^DsmUnavailableError: SYNO\\.[\\w.]+ is not there on this NAS\\. .*"${absent[dsm][resource]}"`),
			);
	});
});

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
