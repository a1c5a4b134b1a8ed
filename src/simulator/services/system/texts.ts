const two = (value: number): string => String(value).padStart(2, '0');

/** `2026/06/01 02:00:04` in the NAS's zone, which is UTC; nothing for never. */
export const slashed = (ms: number): string =>
	ms === 0 ? '' : new Date(ms).toISOString().slice(0, 19).replace('T', ' ').replaceAll('-', '/');

export const dashed = (ms: number): string => slashed(ms).replaceAll('/', '-');

/** Hours, minutes and seconds, none of them padded. */
export const hms = (ms: number): string => {
	const seconds = Math.floor(ms / 1000);
	return `${Math.floor(seconds / 3600)}:${Math.floor(seconds / 60) % 60}:${seconds % 60}`;
};

/** `Jan  1 00:00:00 2026 GMT` */
export function gmt(ms: number): string {
	const [, date, month, year, time] = new Date(ms).toUTCString().replace(',', '').split(' ');
	return `${month} ${String(Number(date)).padStart(2, ' ')} ${time} ${year} GMT`;
}

/** Id of a snapshot: the time of its creation with the offset of the zone. */
export function snapshotTime(ms: number): string {
	const at = new Date(ms);
	const day = `${at.getUTCFullYear()}.${two(at.getUTCMonth() + 1)}.${two(at.getUTCDate())}`;
	return `GMT+00-${day}-${two(at.getUTCHours())}.${two(at.getUTCMinutes())}.${two(at.getUTCSeconds())}`;
}

export const seconds = (ms: number): number => Math.floor(ms / 1000);
