import { file } from '../../../src/services/file';
import type { FileAnswer } from '../../../src/core/call';
import { filesOf, type FileState } from '../../../src/simulator/services/file';
import type { Scene } from '../../support/nas';

/** Operations by resource, as `files.upload`. */
export const files = file.resources.file.operations;
export const folders = file.resources.folder.operations;
export const shares = file.resources.share.operations;
export const archives = file.resources.archive.operations;
export const links = file.resources.link.operations;
export const favorites = file.resources.favorite.operations;
export const tasks = file.resources.task.operations;
export const mounts = file.resources.mount.operations;
export const stations = file.resources.station.operations;

/** What people do on the simulated NAS. */
export const state = ({ simulator }: Scene): FileState => filesOf(simulator.nas);

/** Names in a folder of the NAS. */
export const namesIn = (scene: Scene, path: string): string[] => {
	const entry = state(scene).folder(scene.simulator.nas.user('alice'), path);
	return [...entry.children.keys()].sort();
};

export async function textOf({ stream }: FileAnswer): Promise<string> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of stream as AsyncIterable<Uint8Array>) chunks.push(chunk);
	return Buffer.concat(chunks).toString('utf8');
}

/** Names of the API methods that were called, shortly: `List.getinfo`. */
export const callsSince = ({ simulator }: Scene, from: number): string[] =>
	simulator.requests
		.slice(from)
		.filter(({ api }) => api.startsWith('SYNO.FileStation.') || api === 'SYNO.Entry.Request')
		.map(({ api, method }) => `${api.replace(/^SYNO\.(FileStation\.)?/, '')}.${method}`);
