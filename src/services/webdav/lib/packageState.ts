import type { Dsm } from '../../../core/dsm';
import { DsmApiError } from '../../../core/errors';
import { listPackages, PACKAGE_DETAILS, type PackageRow } from '../../system/wire/packages';

export const PACKAGE_ID = 'WebDAVServer';
const PAUSE = 1000;
/** As long as a start or stop may take (webdav.md 9). */
const LONGEST = 10_000;

/** The package as Package Center has it; undefined where it is not installed. Every account may ask. */
export async function packageOf(dsm: Dsm): Promise<PackageRow | undefined> {
	const all = await dsm.list(listPackages, PACKAGE_DETAILS, { readOnly: true });
	return all.find(({ id }) => id === PACKAGE_ID);
}

/** Waits until the package is in a state. Throws DsmApiError when it does not come within ten seconds. */
export async function settled(dsm: Dsm, wanted: 'running' | 'stop'): Promise<PackageRow> {
	const started = dsm.now();
	for (;;) {
		const found = await packageOf(dsm);
		if (found?.status === wanted) return found;
		if (dsm.now() - started >= LONGEST)
			throw new DsmApiError(
				`WebDAV Server was told to ${wanted === 'stop' ? 'stop' : 'start'}, but did not within 10 seconds.`,
				{
					hint: 'Look at the package in Package Center: it may need a repair.',
				},
			);
		await dsm.sleep(PAUSE);
	}
}
