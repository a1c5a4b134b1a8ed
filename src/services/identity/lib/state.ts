const DAY = /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/;
const DAY_MS = 86_400_000;

/** Whether a user may not sign in, by what DSM says of the expiry: `normal`, `now`, or the last day. */
export function isDisabled(expired: string | undefined, now: number): boolean {
	if (expired === 'now') return true;
	const [, year, month, day] = DAY.exec(expired ?? '') ?? [];
	return year !== undefined && Date.UTC(Number(year), Number(month) - 1, Number(day)) + DAY_MS <= now;
}
