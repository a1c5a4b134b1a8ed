import { createPool } from '../../../core/pool';
import { memoryStore, realHost } from '../../../core/host';
import { isDsmError } from '../../../core/errors';
import type { Dsm } from '../../../core/dsm';
import { explain } from '../../../services';
import { verifyIdToken } from '../../../services/identity/lib/idToken';
import { startSimulator } from '../../../simulator';
import type { Decoder } from '../decoder';

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const HEADER = part({ alg: 'RS256', typ: 'JWT' });
const CLAIMS = part({ sub: 'alice', iat: 1, exp: 9_999_999_999, aud: 'a' });

interface Nas {
	dsm: Dsm;
	end: () => Promise<void>;
}
let nas: Promise<Nas> | undefined;

/** Whose keys are asked for, over HTTP. */
async function started(): Promise<Nas> {
	const simulator = await startSimulator({ history: 100 });
	const host = { ...realHost(), store: memoryStore(), log: { debug: () => undefined, warn: () => undefined } };
	const pool = createPool({ host, explain });
	const { url, account, password } = simulator;
	const { dsm } = pool.acquire({ url, account, password });
	const end = async () => {
		await pool.close();
		await simulator.close();
	};
	return { dsm, end };
}

/** An ID token (JWT), as anybody may send it to a webhook: none of these is signed by the NAS, and none may count as if it were. */
export const decoder: Decoder = {
	title: 'JWT: ID tokens that somebody forged',
	async read(token) {
		const { dsm } = await (nas ??= started());
		await verifyIdToken(dsm, token, { client_id: 'a' });
		throw new Error('A forged token counts as genuine.');
	},
	means: isDsmError,
	frames: [
		['', ''],
		[`${HEADER}.`, ''],
		[`${HEADER}.${CLAIMS}.`, ''],
		[`${part({ alg: 'none' })}.${CLAIMS}.`, ''],
		[`${HEADER}.`, `.${'A'.repeat(342)}`],
	],
	pieces: [
		'.',
		'..',
		HEADER,
		CLAIMS,
		'eyJ',
		'e30',
		'=',
		part({ alg: 'HS256', kid: 'a' }),
		part({ b64: false, crit: ['b64'] }),
	],
	async end() {
		await (await nas)?.end();
		nas = undefined;
	},
};
