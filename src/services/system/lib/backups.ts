import type { BackupTask } from '../wire/backup';

/** Ids are numbers, but texts for LUN tasks. */
export const idOnWire = (id: string): string | number => (/^\d+$/.test(id) ? Number(id) : id);

/** Words of a result that are no failure; what else there is has not all been seen (backup.md A2). */
const NO_FAILURE = new Set(['done', 'backingup', 'cancel', 'none', '']);

export const hasFailed = ({ last_bkp_result = '' }: Pick<BackupTask, 'last_bkp_result'>): boolean =>
	!NO_FAILURE.has(last_bkp_result);
