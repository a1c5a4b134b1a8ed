import type { Resource } from '../../../src/catalog/operation';
import { webdav } from '../../../src/services/webdav';
import { webdavOf, type WebdavState } from '../../../src/simulator/services/webdav';
import type { Scene } from '../../support/nas';

type Operations<R extends Record<string, Resource>> = { [K in keyof R]: R[K]['operations'] };

/** Operations of the service by resource, e.g. `file.list`. */
export const operations = Object.fromEntries(
	Object.entries(webdav.resources).map(([name, { operations: all }]) => [name, all]),
) as Operations<(typeof webdav)['resources']>;

export const triggers = webdav.triggers;

/** What DSM knows of WebDAV, where tests make things happen. */
export const stage = ({ simulator }: Scene): WebdavState => webdavOf(simulator.nas);

/** The WebDAV server listens; gives what an operation needs to find it over plain HTTP. */
export async function listening(scene: Scene): Promise<{ protocol: 'http'; port: number }> {
	const { http } = await stage(scene).open();
	return { protocol: 'http', port: http };
}
