import { z } from '../../../vendor/zod';
import { certificate, type Certificate } from '../wire/security';

const DAY = 86_400_000;

/** A certificate with the whole days until it expires; below 0: it has. */
export const certificateState = certificate.with({ days_left: z.number() }).as({
	prefix: ['subject', 'issuer'],
	simple: ['id', 'desc', 'is_default', 'is_broken', 'subject_common_name', 'valid_from', 'valid_till', 'days_left'],
});

/** `now`: milliseconds, by the clock of the NAS. */
export const withDaysLeft = (row: Certificate, now: number): Certificate & { days_left: number } => ({
	...row,
	days_left: Math.floor((Date.parse(row.valid_till) - now) / DAY),
});
