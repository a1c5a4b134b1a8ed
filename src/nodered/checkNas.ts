import type { Host } from '../core/host';
import type { Lease, Pool } from '../core/pool';
import { countsOf } from '../host/checkText';
import { runOperation } from '../host/run';
import { findOperation } from '../services';
import type { Checked } from '../services/api/check';
import type { CheckAnswer } from './browser/data';
import type { AdminAnswer, AdminRequest, Red } from './red';
import { asTexts } from './settings';
import { testLogin } from './test-login';

/** Seconds that somebody waits before the form; a flow may take longer. */
const PATIENCE = 100;

async function check({ dsm }: Lease): Promise<CheckAnswer> {
	const outcome = await runOperation(dsm, findOperation('api.nas.checkNas'), { time_limit: PATIENCE });
	const { report, services, ...said } = (outcome as { value: unknown }).value as Checked;
	const told = services.map((one) => ({
		...{ service: one.service, title: one.title, reasons: one.reasons },
		counts: countsOf(one),
	}));
	return { found: { ...said, services: told }, report };
}

/** `POST /synology-nas/check` with the form's values: the button *Check this NAS* of the connection form. */
export function registerCheck(red: Red, host: Host, working: Pool): void {
	const handler = async (request: AdminRequest, answer: AdminAnswer) => {
		answer.json(await testLogin(red, host, asTexts(request.body), working, check));
	};
	red.httpAdmin.post('/synology-nas/check', red.auth.needsPermission('synology-nas.write'), handler);
}
