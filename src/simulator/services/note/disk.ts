import { FileRefusal, read, type Entry } from '../../core/volume';
import { filesOf } from '../file';
import type { NoteCall } from './call';
import { refuse } from './params';

/** What lies at a path of the NAS; how Note Station refuses a path is not known. */
function entryAt({ state, me }: NoteCall, path: string): Entry {
	try {
		return filesOf(state.nas).find(me, path) ?? refuse(state.switches.missingCode);
	} catch (error) {
		if (error instanceof FileRefusal) return refuse(state.switches.missingCode);
		throw error;
	}
}

/** Bytes of a file of the NAS. */
export async function bytesAt(call: NoteCall, path: string): Promise<Buffer> {
	const entry = entryAt(call, path);
	return entry.kind === 'file' ? await read(entry) : refuse(call.state.switches.missingCode);
}

/** Refuses what is no folder of the NAS. */
export function checkFolder(call: NoteCall, path: string): string {
	return entryAt(call, path).kind === 'folder' ? path : refuse(call.state.switches.missingCode);
}

export function writeFile({ state, me }: NoteCall, path: string, content: Buffer): void {
	filesOf(state.nas).write(path, { content, owner: me.name });
}
