import type { Dsm } from '../../../core/dsm';
import { listTrigger } from '../../../catalog/listTrigger';
import { z } from '../../../vendor/zod';
import { driveList } from '../lib/drives';
import { keeping } from '../lib/keeping';
import { settled } from '../lib/storage';
import { stateTrigger } from '../lib/stateTrigger';
import { isFine } from '../lib/states';
import { thresholdTrigger } from '../lib/threshold';
import { disk, externalDrive, listEsataDrives, listUsbDrives, loadStorage, pool, volumeRow } from '../wire/storage';

const storage = async (dsm: Dsm) => settled(await dsm.call(loadStorage, {}));

const params = z.object({
	only_problems: z.boolean().default(false).meta({
		title: 'Only Problems',
		description: 'Whether changes to a good state are left out',
	}),
});
const problems = {
	params,
	filters: ['only_problems'] as const,
	uses: [loadStorage],
	tells: (now: string, _: string, given: { only_problems: boolean }) => !given.only_problems || !isFine(now),
};
/** Serial numbers stay where the names of bays change; drives of a virtual machine may have none. */
const serialOf = ({ serial, id }: { serial?: string | undefined; id: string }) => serial || id;
const byId = ({ id }: { id: string }) => id;

export const diskStateChanged = stateTrigger({
	...problems,
	title: 'Drive state changed',
	summary: 'Starts when the state of a drive changes, as when it fails. Needs an administrator.',
	look: async (_, dsm) => (await storage(dsm)).disks,
	id: serialOf,
	state: ({ status }) => status,
	event: disk,
});

export const smartWarning = stateTrigger({
	title: 'SMART warning',
	summary: 'Starts when a drive says of itself that it is no longer well. Needs an administrator.',
	params: z.object({}),
	uses: [loadStorage],
	look: async (_, dsm) => (await storage(dsm)).disks,
	id: serialOf,
	state: ({ smart_status }) => smart_status,
	tells: (now) => !isFine(now),
	event: disk,
});

export const poolStateChanged = stateTrigger({
	...problems,
	title: 'Storage pool state changed',
	summary: 'Starts when the state of a storage pool changes, as when it is degraded. Needs an administrator.',
	look: async (_, dsm) => (await storage(dsm)).storagePools,
	id: byId,
	state: ({ status }) => status,
	event: pool,
});

export const volumeStateChanged = stateTrigger({
	...problems,
	title: 'Volume state changed',
	summary: 'Starts when the state of a volume changes, as when it is degraded. Needs an administrator.',
	look: async (_, dsm) => (await storage(dsm)).volumes,
	id: byId,
	state: ({ status }) => status,
	event: volumeRow,
});

export const volumeSpaceLow = thresholdTrigger({
	title: 'Volume space low',
	summary: 'Starts when a volume is fuller than a limit. Needs an administrator.',
	uses: [loadStorage],
	unit: 'Percent of the volume that is used',
	limit: 90,
	hysteresis: 2,
	minutes: 0,
	look: async (dsm) =>
		(await storage(dsm)).volumes.flatMap((row) =>
			row.used_percent === undefined ? [] : [{ id: row.id, value: row.used_percent, row }],
		),
	event: volumeRow,
});

export const diskTemperatureHigh = thresholdTrigger({
	title: 'Drive temperature high',
	summary: 'Starts when a drive is hotter than a limit. Needs an administrator.',
	uses: [loadStorage],
	unit: 'Degrees Celsius',
	limit: 55,
	hysteresis: 3,
	minutes: 0,
	look: async (dsm) =>
		(await storage(dsm)).disks.flatMap((row) =>
			row.temp === undefined ? [] : [{ id: serialOf(row), value: row.temp, row }],
		),
	event: disk,
});

const plugged = {
	params: z.object({}),
	uses: [listUsbDrives, listEsataDrives],
	id: ({ dev_id }: { dev_id: string }) => dev_id,
};

export const externalDriveAttached = listTrigger({
	...plugged,
	title: 'External drive attached',
	summary: 'Starts when a drive is plugged in by USB or eSATA. Needs an administrator.',
	look: async (_, dsm) => await driveList(dsm),
	on: 'created',
	event: keeping(externalDrive.with({ event_id: z.string(), connection: z.string() }), ['connection']),
});

export const externalDriveRemoved = listTrigger({
	...plugged,
	title: 'External drive removed',
	summary:
		'Starts when an external drive is ejected or unplugged, for the last one after five minutes. Needs an administrator.',
	look: async (_, dsm) => await driveList(dsm),
	// What is gone is known by what was kept of it.
	fingerprints: ({ dev_title = '' }) => [dev_title],
	on: 'deleted',
	tell: (change) => [{ dev_id: change.id, dev_title: (change.kind === 'deleted' ? change.was : change.now)[0] ?? '' }],
	event: z.looseObject({ event_id: z.string(), dev_id: z.string(), dev_title: z.string() }),
});
