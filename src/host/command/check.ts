import { parseArgs } from 'node:util';
import type { ConnectionInput } from '../../core/connection';
import { createPool } from '../../core/pool';
import { explain, findOperation, rightOf, serviceOf, spacingOf } from '../../services';
import { runOperation } from '../run';
import { host, OPTIONS, readInput, settingsOf } from './common';
import type { Checked } from '../../services/api/check';
import { summaryText } from '../checkText';

/** Checks a NAS: the report goes to stdout, what it means to the person to stderr. False: what was asked for is no check. */
export async function check(): Promise<boolean> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			...OPTIONS,
			account: { type: 'string' },
			services: { type: 'string' },
			minutes: { type: 'string', default: '10' },
		},
	});
	const [, url] = positionals;
	if (values.help || url === undefined || positionals.length > 2) return false;
	const secret = await readInput(values.account === undefined ? 'the text of the sign-in' : 'the password');
	const login = values.account === undefined ? { signIn: secret } : { account: values.account, password: secret };
	const pool = createPool({ host, explain, rightOf, serviceOf, spacingOf });
	try {
		const { dsm } = pool.acquire({ ...settingsOf(url, values), ...login } as ConnectionInput);
		const outcome = await runOperation(dsm, findOperation('api.nas.checkNas'), {
			...(values.services !== undefined && { services: values.services.split(',') }),
			time_limit: Math.round(Number(values.minutes) * 60),
		});
		const { report, ...said } = (outcome as { value: unknown }).value as Checked;
		process.stderr.write(`${summaryText(said)}\n`);
		process.stdout.write(`${JSON.stringify(report, null, '\t')}\n`);
		return true;
	} finally {
		await pool.close();
	}
}
