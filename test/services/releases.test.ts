import { beforeAll, describe, expect, test } from '@jest/globals';
import { sampleParams } from '../../src/build/samples';
import { idOf } from '../../src/catalog/operation';
import { isDsmError } from '../../src/core/errors';
import { allServices, operationsOf } from '../../src/services';
import { releases, type DsmRelease } from '../../src/simulator';
import { withNas } from '../support/nas';

const reads = allServices()
	.flatMap(operationsOf)
	.filter(({ readOnly }) => readOnly);

interface Refusals {
	/** What the NAS has not, by the id of the operation: what was said. */
	missing: Record<string, string>;
	/** Refused for what was asked: samples that name nothing there. */
	others: Record<string, string>;
}

/** What became of every operation that reads: nothing where it worked. */
async function refusalsOn(dsm: DsmRelease): Promise<Refusals> {
	return await withNas({ dsm, allowUnknown: true }, async (scene) => {
		const refusals: Refusals = { missing: {}, others: {} };
		for (const one of reads) {
			const id = idOf(one);
			try {
				await scene.dsm.do(one, sampleParams(id, one.params) as never);
			} catch (error) {
				if (!isDsmError(error)) throw error;
				const isMissing = error.code === 'unavailable';
				refusals[isMissing ? 'missing' : 'others'][id] = `${error.message} ${error.hint ?? ''}`;
			}
		}
		// What the NAS has not was never asked for.
		expect(scene.simulator.unexpected).toEqual([]);
		return refusals;
	});
}

const DSM = 'Update DSM';
const packages = {
	chat: 'Synology Chat Server',
	drive: 'Synology Drive Server',
	note: 'Note Station',
	calendar: 'Synology Calendar',
	contacts: 'Synology Contacts',
	'system.activeBackup': 'Active Backup for Business',
	'system.replication': 'Snapshot Replication',
};
const later = { 'identity.policy.getAdaptive': DSM, 'identity.sso': DSM };

/** What is missing on each release, by the beginning of ids. A package named here is one that the recorded NAS had not. */
const absent: Record<DsmRelease, Record<string, string>> = {
	'7.0.1': {
		...packages,
		...later,
		audio: 'Audio Station',
		'identity.own': DSM,
		'identity.policy.listReservedNames': DSM,
		'system.homeMode': 'Surveillance Station',
		'system.project': 'Container Manager',
	},
	'7.1.1': { ...packages, ...later, 'system.project': 'Container Manager' },
	'7.2.2': {
		chat: packages.chat,
		'drive.fileRequest': packages.drive,
		'system.activeBackup': packages['system.activeBackup'],
		'system.replication': packages['system.replication'],
	},
	'7.3': { 'system.backup': 'Hyper Backup', 'system.homeMode': 'Surveillance Station' },
	'7.4': { 'system.backup': 'Hyper Backup', 'system.homeMode': 'Surveillance Station' },
};

describe('what reads', () => {
	const found = {} as Record<DsmRelease, Refusals>;
	beforeAll(async () => {
		for (const dsm of releases) found[dsm] = await refusalsOn(dsm);
	});

	test.each(releases)('works on DSM %s, or names what is missing there', (dsm) => {
		const beginnings = new Set<string>();
		for (const [id, said] of Object.entries(found[dsm].missing)) {
			const beginning = Object.keys(absent[dsm]).find((one) => id === one || id.startsWith(`${one}.`)) ?? id;
			beginnings.add(beginning);
			// Where addresses are asked instead of APIs, the answer does not tell which package would be there.
			const expected = said.startsWith('There is no CardDAV') ? 'Install or start the package' : absent[dsm][beginning];
			expect([id, said]).toEqual([id, expect.stringContaining(expected ?? 'nothing is missing')]);
		}
		expect([...beginnings].sort()).toEqual(Object.keys(absent[dsm]).sort());
	});

	test.each(releases)('is refused on DSM %s for nothing else than on the newest', (dsm) => {
		expect(found['7.4'].others).toMatchObject(found[dsm].others);
	});
});
