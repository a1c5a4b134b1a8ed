import type { Dsm } from '../../../core/dsm';
import { isDsmError } from '../../../core/errors';
import { createNode, getFile } from '../wire/files';
import { isMissing } from './files';

/** A folder by its address, made where it is missing with those above it. Links are looked up, since one cannot create below them. */
export async function folderAt(dsm: Dsm, address: string, create: boolean): Promise<string> {
	const isSure = !create || /^(id:\d+|\/mydrive)$/.test(address);
	if (isSure && !address.startsWith('link:')) return address;
	try {
		return await idAt(dsm, address);
	} catch (error) {
		const at = address.lastIndexOf('/');
		if (!create || at <= 0 || !isMissing(error)) throw error;
		const parent = await folderAt(dsm, address.slice(0, at), true);
		return await newFolder(dsm, `${parent}${address.slice(at)}`);
	}
}

const idAt = async (dsm: Dsm, path: string): Promise<string> => `id:${(await dsm.call(getFile, { path })).file_id}`;

/** Another run may have made it in the meantime: 1022. */
async function newFolder(dsm: Dsm, path: string): Promise<string> {
	try {
		const made = await dsm.call(createNode, { path, type: 'folder', conflict_action: 'stop' });
		return `id:${made.file_id}`;
	} catch (error) {
		if (!isDsmError(error) || error.dsmCode !== 1022) throw error;
		return await idAt(dsm, path);
	}
}
