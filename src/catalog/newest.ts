/** Rows that an editor shows as samples. */
const SAMPLES = 10;
/** Folders that are looked into for them. */
const LOOKS = 20;

/**
 * Newest rows of a tree of folders, at most 10, for the samples of a trigger that watches it: folder after folder until there are enough.
 * `list` gives the newest rows of a folder; `below` says which of them are folders to look into.
 */
export async function newestBelow<F, R>(
	root: F,
	list: (folder: F) => Promise<readonly R[]>,
	fits: (row: R) => boolean,
	below: (row: R) => F | undefined,
): Promise<R[]> {
	const found: R[] = [];
	const folders = [root];
	for (let looks = 0; looks < LOOKS && folders.length > 0 && found.length < SAMPLES; looks++) {
		const rows = await list(folders.shift()!);
		found.push(...rows.filter(fits));
		folders.push(...rows.map(below).filter((folder) => folder !== undefined));
	}
	return found.slice(0, SAMPLES);
}
