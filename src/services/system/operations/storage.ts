import { operation, procedure, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { dev_id, device } from '../fields';
import * as wire from '../wire/storage';
import { keeping } from '../lib/keeping';
import { driveList } from '../lib/drives';
import { settled } from '../lib/storage';

const listVolumes = operation({
	title: 'List volumes',
	summary: 'Gives the volumes with their state, size and free space. Needs an administrator.',
	call: wire.loadStorage,
	params: z.object({}),
	response: (found) => settled(found).volumes,
	result: z.array(wire.volume),
});

const listPools = operation({
	title: 'List storage pools',
	summary: 'Gives the storage pools with their state, kind of RAID and drives. Needs an administrator.',
	call: wire.loadStorage,
	params: z.object({}),
	response: (found) => settled(found).storagePools,
	result: z.array(wire.pool),
});

const listDisks = operation({
	title: 'List drives',
	summary: 'Gives the drives in the NAS with state, temperature and SMART state. Needs an administrator.',
	call: wire.loadStorage,
	params: z.object({}),
	response: (found) => settled(found).disks,
	result: z.array(wire.disk),
});

/** A drive without a table answers 117, which is no failure of the drive. */
const getSmart = operation({
	title: 'Get SMART values',
	summary: 'Gives what a drive says about its own health. Needs an administrator.',
	call: wire.getSmart,
	params: z.object({ device }),
	response: ({ healthInfo: { overview, smartInfo } }, { params }) => ({
		device: params.device,
		smart: overview.smart,
		is_ssd: overview.isSsd,
		has_attributes: true,
		attributes: smartInfo,
	}),
	failed(error, params: { device: string }) {
		if (error.dsmCode === 117) return { device: params.device, has_attributes: false, attributes: [] };
		throw error;
	},
	result: z.looseObject({
		device: z.string(),
		smart: z.string().optional(),
		is_ssd: z.boolean().optional(),
		has_attributes: z.boolean(),
		attributes: z.array(wire.smartAttribute),
	}),
});

const startTest = operation({
	title: 'Start a SMART test',
	summary: 'Starts a self-test of a drive; ask for its result later. Needs an administrator.',
	call: wire.runSmartTest,
	params: z.object({
		device,
		type: z
			.enum(['quick', 'extend'])
			.default('quick')
			.meta({ title: 'Kind', description: 'How thorough the test is', labels: { quick: 'Quick', extend: 'Extended' } }),
	}),
});

const stopTest = operation({
	title: 'Stop a SMART test',
	summary: 'Ends the self-test of a drive. Needs an administrator.',
	call: wire.runSmartTest,
	params: z.object({ device }),
	request: (given) => ({ device: given.device, type: 'stop' }),
});

const listTests = operation({
	title: 'List SMART tests',
	summary: 'Says whether a self-test of a drive runs and how the last one ended. Needs an administrator.',
	call: wire.listSmartTests,
	params: z.object({ device }),
});

const listExternal = procedure({
	title: 'List external drives',
	summary: 'Gives the drives that are plugged in by USB or eSATA, with their partitions. Needs an administrator.',
	uses: [wire.listUsbDrives, wire.listEsataDrives],
	basis: 'capture',
	params: z.object({}),
	result: z.array(keeping(wire.externalDrive.with({ connection: z.string() }), ['connection'])),
	readOnly: true,
	run: async (_, dsm) => await driveList(dsm),
});

/** Code: each kind of connection has calls of its own. */
const eject = procedure({
	title: 'Eject an external drive',
	summary: 'Makes an external drive ready to be unplugged. Needs an administrator.',
	uses: [wire.listUsbDrives, wire.listEsataDrives, wire.ejectUsbDrive, wire.ejectEsataDrive],
	basis: 'clients',
	params: z.object({ dev_id }),
	result: z.looseObject({ dev_id: z.string() }),
	async run(given, dsm) {
		const drive = (await driveList(dsm)).find((one) => one.dev_id === given.dev_id);
		const call = drive?.connection === 'eSATA' ? wire.ejectEsataDrive : wire.ejectUsbDrive;
		await dsm.call(call, { dev_id: given.dev_id });
		return { dev_id: given.dev_id };
	},
});

export const volumes = resource('Volume', { list: listVolumes });
export const pools = resource('Storage pool', { list: listPools });
export const disks = resource('Drive', { list: listDisks, getSmart, startTest, stopTest, listTests });
export const externalDrives = resource('External drive', { list: listExternal, eject });
