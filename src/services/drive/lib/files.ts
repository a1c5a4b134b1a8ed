import { isDsmError } from '../../../core/errors';
import type { DriveFile } from '../wire/files';

export const isFolder = ({ type }: Pick<DriveFile, 'type'>): boolean => type === 'dir';

/** Answers of the NAS about what is not there, or whose folder is not. */
export const ABSENT: readonly number[] = [1003, 1000];
export const isMissing = (error: unknown): boolean => isDsmError(error) && ABSENT.includes(error.dsmCode ?? NaN);

/** Answer about what the account has no access to. */
export const isClosed = (error: unknown): boolean => isDsmError(error) && error.dsmCode === 1002;
