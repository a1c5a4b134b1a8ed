import type { BatchAnswer, Dsm } from '../../../core/dsm';
import { procedure } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { digestOf, markdownOf, STATES, type Looked } from '../lib/digest';
import { BACKUP_DETAILS, listBackups } from '../wire/backup';
import { listCertificates } from '../wire/security';
import { listLog } from '../wire/logs';
import { listPackages, PACKAGE_DETAILS } from '../wire/packages';
import { checkUpdate, getHealth, getInfo } from '../wire/status';
import { loadStorage } from '../wire/storage';

/** What is read, with the word for it. What the account may not read, or the NAS does not have, is left out. */
const looks = (keyword: string) =>
	[
		['information', getInfo, {}],
		['health', getHealth, {}],
		['storage', loadStorage, {}],
		['packages', listPackages, PACKAGE_DETAILS],
		['backups', listBackups, BACKUP_DETAILS],
		['certificates', listCertificates, {}],
		['logins', listLog, { target: 'LOCAL', logtype: 'connection', dir: 'desc', keyword, start: 0, limit: 200 }],
		['updates', checkUpdate, { user_reading: true, need_auto_smallupdate: true, need_promotion: false }],
	] as const;

const dataOf = <A>(answer: BatchAnswer<A> | undefined): A | undefined =>
	answer && 'data' in answer ? answer.data : undefined;

async function look(dsm: Dsm, keyword: string): Promise<Looked> {
	const all = looks(keyword);
	const [info, health, storage, packages, backups, certificates, logins, update] = await dsm.batch(
		all.map(([, call, params]) => ({ call, params })) as unknown as [
			{ call: typeof getInfo },
			{ call: typeof getHealth },
			{ call: typeof loadStorage },
			{ call: typeof listPackages },
			{ call: typeof listBackups },
			{ call: typeof listCertificates },
			{ call: typeof listLog },
			{ call: typeof checkUpdate },
		],
		{ readOnly: true },
	);
	const answers = [info, health, storage, packages, backups, certificates, logins, update];
	const missing = answers.flatMap((answer, at) => {
		if (!('error' in answer)) return [];
		// A package that is not there has nothing to tell.
		if (answer.error.code === 'unavailable') return [];
		return [`${all[at]![0]}: ${answer.error.message}`];
	});
	const stored = dataOf(storage);
	const isKnown = stored !== undefined && stored.disks.length > 0;
	if (stored !== undefined && !isKnown) missing.push('storage: The NAS does not know its drives yet.');
	if ('error' in info) throw info.error;
	return {
		now: dsm.now(),
		missing,
		info: info.data,
		health: dataOf(health),
		storage: isKnown ? stored : undefined,
		packages: dataOf(packages)?.rows,
		backups: dataOf(backups)?.rows,
		certificates: dataOf(certificates)?.rows,
		logins: dataOf(logins)?.rows,
		update: dataOf(update),
	};
}

const percent = (value: number, title: string, description: string) =>
	z.coerce.number<number | string>().min(1).max(100).default(value).meta({ title, description });

/** Code: one request with eight reads, each of which may fail for itself. */
export const getDigest = procedure({
	title: 'Get a health digest',
	summary:
		'Gathers state, warnings, space, temperature, updates, backups and failed logins, as data and as Markdown. What an ordinary account may not read is named.',
	right: 'account',
	uses: looks('').map(([, call]) => call),
	params: z.object({
		used_percent: percent(90, 'Volume Full From', 'Percent of a volume from which it is a warning'),
		temperature: percent(55, 'Hot From', 'Degrees Celsius of a drive from which it is a warning'),
		days: z.coerce.number<number | string>().int().min(1).default(2).meta({
			title: 'Backup Overdue After',
			description: 'Days without a successful backup from which it is a warning',
		}),
		failed_login: z.string().min(1).default('failed to sign in').meta({
			title: 'Text of Failed Logins',
			description: 'What the log says of a failed login; it is in the language of the NAS',
			advanced: true,
		}),
	}),
	result: z
		.looseObject({
			state: z.enum(STATES),
			warnings: z.array(z.string()),
			markdown: z.string(),
			model: z.string(),
			version_string: z.string(),
			uptime: z.number(),
			temperature: z.number().optional(),
			volumes: z.array(z.looseObject({ id: z.string(), used_percent: z.number().optional() })),
			disks: z.array(z.looseObject({ id: z.string(), temp: z.number().optional() })),
			backups: z.array(z.looseObject({ task_id: z.string() })),
			stopped_packages: z.array(z.string()),
			update: z.string().optional(),
			failed_logins: z.number().optional(),
			/** What could not be read, and why. */
			missing: z.array(z.string()),
		})
		.meta({
			simple: [
				'state',
				'warnings',
				'markdown',
				'model',
				'version_string',
				'uptime',
				'temperature',
				'update',
				'failed_logins',
				'missing',
			],
		}),
	readOnly: true,
	async run(given, dsm) {
		const digest = digestOf(await look(dsm, given.failed_login), given);
		return { ...digest, markdown: markdownOf(digest) };
	},
});
