import type { Dsm } from '../../../core/dsm';
import { isDsmError } from '../../../core/errors';
import { listEsataDrives, listUsbDrives, type ExternalDrive } from '../wire/storage';

export type PluggedIn = ExternalDrive & { connection: 'USB' | 'eSATA' };

const ALL = { additional: ['all'] };

/** Drives of both kinds. Models without eSATA may not have the API of that. */
export async function driveList(dsm: Dsm): Promise<PluggedIn[]> {
	const usb = await dsm.list(listUsbDrives, ALL, { readOnly: true });
	const esata = await dsm.list(listEsataDrives, ALL, { readOnly: true }).catch((error: unknown) => {
		if (isDsmError(error) && (error.code === 'unavailable' || error.code === 'api')) return [];
		throw error;
	});
	const asOf = (connection: PluggedIn['connection']) => (drive: ExternalDrive) => ({ ...drive, connection });
	return [...usb.map(asOf('USB')), ...esata.map(asOf('eSATA'))];
}
