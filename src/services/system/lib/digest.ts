import type { z } from '../../../vendor/zod';
import type { BackupTask } from '../wire/backup';
import type { LogRow } from '../wire/logs';
import type { PackageRow } from '../wire/packages';
import type { Certificate } from '../wire/security';
import type { checkUpdate, getHealth, getInfo } from '../wire/status';
import type { Disk, Pool, Volume } from '../wire/storage';
import { hasFailed } from './backups';
import { localTime } from './moments';
import { HEALTHY, isFine, ruleOf } from './states';

type Answer<C extends { answer?: z.ZodType }> = z.output<NonNullable<C['answer']>>;

/** What was read; absent: it could not be, or there is none. */
export interface Looked {
	now: number;
	missing: string[];
	info: Answer<typeof getInfo>;
	health: Answer<typeof getHealth> | undefined;
	storage: { disks: Disk[]; storagePools: Pool[]; volumes: Volume[] } | undefined;
	packages: PackageRow[] | undefined;
	backups: BackupTask[] | undefined;
	certificates: Certificate[] | undefined;
	logins: LogRow[] | undefined;
	update: Answer<typeof checkUpdate> | undefined;
}

export interface Limits {
	used_percent: number;
	temperature: number;
	days: number;
}

/** `unknown`: nothing wrong was found, and not everything could be read. */
export const STATES = ['ok', 'unknown', 'warning', 'problem'] as const;
type State = (typeof STATES)[number];

const DAY = 86_400_000;

/** What is wrong, and what is about to be. */
interface Finding {
	isProblem: boolean;
	text: string;
}
const problem = (text: string): Finding => ({ isProblem: true, text });
const warning = (text: string): Finding => ({ isProblem: false, text });

function ofStorage({ disks, storagePools, volumes }: NonNullable<Looked['storage']>, limits: Limits): Finding[] {
	return [
		...disks.filter((one) => !isFine(one.status)).map((one) => problem(`${one.name} is ${one.status}`)),
		...disks
			.filter(({ smart_status }) => smart_status !== undefined && !isFine(smart_status))
			.map((one) => problem(`SMART of ${one.name} says ${one.smart_status}`)),
		...disks
			.filter(({ temp = 0 }) => temp >= limits.temperature)
			.map((one) => warning(`${one.name} has ${one.temp} °C`)),
		...storagePools
			.filter((one) => !isFine(one.status))
			.map((one) => problem(`Storage pool ${one.id} is ${one.status}`)),
		...volumes.filter((one) => !isFine(one.status)).map((one) => problem(`Volume ${one.id} is ${one.status}`)),
		...volumes
			.filter(({ used_percent = 0 }) => used_percent >= limits.used_percent)
			.map((one) => warning(`Volume ${one.id} is ${one.used_percent} % full`)),
	];
}

/** Days are compared within the time of the NAS, which has no zone here. */
function ofBackups(backups: BackupTask[], now: number, { days }: Limits): Finding[] {
	return backups.flatMap((one) => {
		const name = one.name ?? one.task_id;
		if (hasFailed(one)) return [problem(`Backup ${name} ended with ${one.last_bkp_result}`)];
		const last = localTime(one.last_bkp_end_time ?? one.last_bkp_time);
		if (Number.isNaN(last)) return [warning(`Backup ${name} has never run`)];
		return now - last > days * DAY ? [warning(`Backup ${name} is ${Math.floor((now - last) / DAY)} days old`)] : [];
	});
}

const ofCertificates = (certificates: Certificate[], now: number): Finding[] =>
	certificates
		.filter(({ valid_till }) => Date.parse(valid_till) - now < 14 * DAY)
		.map((one) =>
			warning(`Certificate ${one.subject_common_name ?? one.id} expires on ${one.valid_till.slice(0, 10)}`),
		);

export function digestOf(looked: Looked, limits: Limits) {
	const { info, health, storage, packages, backups = [], certificates = [], logins, update, missing, now } = looked;
	const here = localTime(info.time);
	const stopped = (packages ?? []).filter(({ status }) => status === 'stop').map(({ name, id }) => name ?? id);
	const recent = logins?.filter(({ time }) => here - localTime(time) <= DAY).length;
	const findings = [
		...(health && ruleOf(health) !== HEALTHY ? [problem(`DSM says ${ruleOf(health)}`)] : []),
		...(info.temperature_warn ? [problem(`The NAS is too hot: ${info.temperature} °C`)] : []),
		...(storage ? ofStorage(storage, limits) : []),
		...ofBackups(backups, here, limits),
		...ofCertificates(certificates, now),
		...(recent ? [warning(`${recent} failed ${recent === 1 ? 'login' : 'logins'} within a day`)] : []),
		...(update?.available ? [warning(`${update.version ?? 'A DSM update'} is available`)] : []),
	];
	// What was not read may be anything but well.
	const best = missing.length > 0 ? 'unknown' : 'ok';
	const worst = findings.some(({ isProblem }) => isProblem) ? 'problem' : findings.length > 0 ? 'warning' : best;
	return {
		state: worst as State,
		warnings: findings.map(({ text }) => text),
		model: info.model,
		version_string: info.version_string,
		uptime: info.uptime,
		...(info.temperature !== undefined && { temperature: info.temperature }),
		volumes: storage?.volumes ?? [],
		disks: storage?.disks ?? [],
		backups,
		stopped_packages: stopped,
		...(update?.available && { update: update.version ?? 'available' }),
		...(recent !== undefined && { failed_logins: recent }),
		missing,
	};
}
export type Digest = ReturnType<typeof digestOf>;

const HEADS: Record<State, string> = {
	ok: 'All is well',
	unknown: 'No warnings, but not everything could be read',
	warning: 'Something needs attention',
	problem: 'Something is wrong',
};
const sizeOf = (bytes = 0): string => `${Math.round(bytes / 10 ** 9)} GB`;
const listed = (title: string, lines: string[]): string[] =>
	lines.length === 0 ? [] : ['', `**${title}**`, ...lines.map((line) => `- ${line}`)];

/** What a person wants to read in the morning. */
export function markdownOf(digest: Digest): string {
	const days = Math.floor(digest.uptime / 86_400);
	const heat = digest.temperature === undefined ? '' : `, ${digest.temperature} °C`;
	return [
		`# ${HEADS[digest.state]}: ${digest.model}`,
		`${digest.version_string}, up for ${days} days${heat}`,
		...listed('Warnings', digest.warnings),
		...listed(
			'Volumes',
			digest.volumes.map((one) =>
				[
					`${one.id}: ${one.status}`,
					...(one.used_percent === undefined ? [] : [`${one.used_percent} % of ${sizeOf(one.size_total)} used`]),
				].join(', '),
			),
		),
		...listed(
			'Drives',
			digest.disks.map((one) => `${one.name}: ${one.status}${one.temp === undefined ? '' : `, ${one.temp} °C`}`),
		),
		...listed(
			'Backups',
			digest.backups.map(
				(one) => `${one.name ?? one.task_id}: ${one.last_bkp_result || 'never'}, ${one.last_bkp_end_time ?? 'no end'}`,
			),
		),
		...listed('Stopped packages', digest.stopped_packages),
		...listed('Not read', digest.missing),
	].join('\n');
}
