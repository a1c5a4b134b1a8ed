import { Zip, ZipPassThrough } from 'fflate';
import { Readable } from 'node:stream';
import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { type Entry, type FileEntry, open } from '../../core/volume';
import { baseName, type FileCall, guarded, textList, textOf } from './call';
import { picture } from './picture';

export const downloadBehaviours: BehaviourTable = {
	'SYNO.FileStation.Download.download': guarded(download),
	'SYNO.FileStation.Thumb.get': guarded(thumbnail),
};

const NOT_FOUND: ApiReply = { html: '<html><body>404 Not Found</body></html>', status: 404 };

/** `open` answers a missing file with HTTP 404, `download` with an envelope (filestation.md 4.13). */
function download({ params, state, user }: FileCall): ApiReply {
	const inline = params.mode === 'open';
	const paths = textList(params.path);
	if (paths.length === 0) return { error: 400 };
	const found = paths.map((path) => state.find(user, path));
	if (found.includes(undefined)) return inline ? NOT_FOUND : { error: 408 };
	return answerWith(found as Entry[], baseName(paths[0] as string), inline, state.switches.ranges);
}

/** One file as it is, a folder or several things as a zip whose length is not known before. */
export function answerWith(entries: Entry[], name: string, inline: boolean, ranges: boolean): ApiReply {
	const [first] = entries;
	if (entries.length === 1 && first?.kind === 'file') {
		first.times.atime = Math.max(first.times.atime, first.times.mtime);
		const type = inline ? mimeOf(name) : 'application/octet-stream';
		return { file: open(first), name, type, size: first.size, inline, ...(!ranges && { ranges }) };
	}
	const files = entries.flatMap((entry) => [...filesBelow(entry, entry.name)]);
	const zipName = entries.length === 1 ? `${name}.zip` : 'download.zip';
	return { file: Readable.from(zipped(files), { objectMode: false }), name: zipName, type: 'application/zip' };
}

interface Named {
	name: string;
	file?: FileEntry;
	mtime: number;
}

/** Files, and folders that hold nothing, with their names in an archive. */
export function* filesBelow(entry: Entry, name: string): Generator<Named> {
	const { mtime } = entry.times;
	if (entry.kind === 'file') return yield { name, file: entry, mtime };
	if (entry.children.size === 0) yield { name: `${name}/`, mtime };
	for (const child of entry.children.values()) yield* filesBelow(child, `${name}/${child.name}`);
}

/** A date that a zip can hold. */
export const zipDate = (ms: number): Date =>
	new Date(Math.min(Math.max(ms, Date.UTC(1980, 0, 2)), Date.UTC(2099, 0, 1)));

async function* zipped(files: Named[]): AsyncGenerator<Buffer> {
	let ready: Buffer[] = [];
	const take = () => ready.splice(0);
	const zip = new Zip((error, chunk) => {
		if (error) throw error;
		ready.push(Buffer.from(chunk));
	});
	for (const { name, file, mtime } of files) {
		const part = new ZipPassThrough(name);
		part.mtime = zipDate(mtime);
		zip.add(part);
		for await (const chunk of file ? open(file) : []) {
			part.push(chunk as Buffer, false);
			yield* take();
		}
		part.push(new Uint8Array(0), true);
		yield* take();
	}
	zip.end();
	yield* take();
	ready = [];
}

const PICTURES = /\.(png|jpe?g|gif|bmp|tiff?|webp|heic)$/i;
const SIDES: Record<string, number> = { small: 120, medium: 320, large: 640, original: 1280 };

/** Errors are HTTP status codes (4.8). */
function thumbnail({ params, state, user }: FileCall): ApiReply {
	const path = textOf(params.path);
	const side = SIDES[textOf(params.size) ?? 'small'];
	const entry = path === undefined ? undefined : state.find(user, path);
	if (path === undefined || side === undefined || entry?.kind !== 'file' || !PICTURES.test(path)) return NOT_FOUND;
	return { file: picture(side), name: `${baseName(path)}.png`, type: 'image/png', inline: true };
}

function mimeOf(path: string): string {
	const known: Record<string, string> = {
		txt: 'text/plain',
		json: 'application/json',
		png: 'image/png',
		jpg: 'image/jpeg',
		pdf: 'application/pdf',
	};
	const extension = path.replace(/^.*\./, '').toLowerCase();
	return (Object.hasOwn(known, extension) && known[extension]) || 'application/octet-stream';
}
