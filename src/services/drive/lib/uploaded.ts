import type { Dsm } from '../../../core/dsm';
import { DsmApiError, type DsmError } from '../../../core/errors';
import { timeOf } from '../../../catalog/row';
import { getFile, listFolder, type DriveFile } from '../wire/files';

export const lookCalls = [listFolder, getFile] as const;

/** What was sent: into a folder by its address, under a name, of so many bytes. */
interface Sent {
	folder: string;
	name: string;
	size: number;
}

/**
 * The file that an upload made since a time of the NAS, where its answer was lost; undefined: nothing of it is there. With *Keep both* it
 * may have got another name. Throws when it came in part.
 */
export async function uploaded(dsm: Dsm, { folder, name, size }: Sent, since: number): Promise<DriveFile | undefined> {
	const rows = await dsm.list(listFolder, { path: folder, sort_by: 'name', sort_direction: 'asc' });
	const isOurs = isNamed(name);
	const since_then = rows.filter((row) => row.type === 'file' && isOurs(row.name) && changedAt(row) >= since);
	const whole = since_then.find((row) => row.size === size);
	if (whole) return await dsm.call(getFile, { path: `id:${whole.file_id}` });
	const [part] = since_then;
	if (!part) return undefined;
	throw new DsmApiError(`"${part.name}" has ${part.size ?? 0} bytes in Drive instead of ${size}.`, {
		hint: 'The upload was cut short on its way, or somebody else changed the file just then. Upload it again.',
	});
}

/** The folder that was made since then, with *Keep both* under another name; undefined: there is none. Throws where several were. */
export async function madeFolder(
	dsm: Dsm,
	{ folder, name }: Pick<Sent, 'folder' | 'name'>,
	since: number,
	lost: DsmError,
): Promise<DriveFile | undefined> {
	const rows = await dsm.list(listFolder, { path: folder, sort_by: 'name', sort_direction: 'asc' });
	const isOurs = since === 0 ? (other: string) => other === name : isNamed(name);
	const [found, ...more] = rows.filter(
		(row) => row.type === 'dir' && isOurs(row.name) && (since === 0 || timeOf(row.created_time) >= since),
	);
	if (more.length > 0) throw lost;
	return found && (await dsm.call(getFile, { path: `id:${found.file_id}` }));
}

const changedAt = ({ created_time, change_time }: DriveFile): number =>
	Math.max(timeOf(created_time) || 0, timeOf(change_time) || 0);

/** The name, or what Drive makes of it when it is taken: a number before the extension. */
function isNamed(name: string): (other: string) => boolean {
	const [stem, extension] = splitName(name);
	return (other) => {
		const [otherStem, otherExtension] = splitName(other);
		if (otherExtension !== extension || !otherStem.startsWith(stem)) return false;
		return /^[ _]?(\(?\d+\)?)?$/.test(otherStem.slice(stem.length));
	};
}

function splitName(name: string): [stem: string, extension: string] {
	const at = name.lastIndexOf('.');
	return at > 0 ? [name.slice(0, at), name.slice(at)] : [name, ''];
}
