import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDisplayOptions,
	INodeCredentialTestResult,
	INodeProperties,
} from 'n8n-workflow';
import { botSchema } from '../core/bot';
import { tryToken } from '../services/chat/lib/token';
import { connectionSchema, type ConnectionInput } from '../core/connection';
import { isDsmError } from '../core/errors';
import type { Lease } from '../core/pool';
import { fieldsOf } from '../host/form';
import type { z } from '../vendor/zod';
import { property } from './fields';
import { botOf, connectionOf, freshPool, sharedPool } from './pool';

/** Fields that belong to one choice of another. */
const WHEN: Record<string, IDisplayOptions> = {
	ca: { show: { tls: ['ca'] } },
	fingerprint: { show: { tls: ['pin'] } },
};

/** The credential form, from the connection settings; what few people need stands at the end. */
export const connectionProperties = (): INodeProperties[] => propertiesOf(connectionSchema);

/** The form of the credential of a bot. */
export const botProperties = (): INodeProperties[] => propertiesOf(botSchema);

function propertiesOf(schema: z.ZodObject): INodeProperties[] {
	const fields = fieldsOf(schema);
	const rare = ({ advanced }: (typeof fields)[number]) => Number(advanced);
	return [...fields]
		.sort((a, b) => rare(a) - rare(b))
		.map((field) => ({ ...property(field), ...(WHEN[field.name] && { displayOptions: WHEN[field.name]! }) }));
}

/**
 * Test of the credential: a login that really happens, in a pool of its own, so that a fault remembered from earlier is not
 * reported again and the session of running workflows is left alone.
 */
export async function testSynologyNas(
	this: ICredentialTestFunctions,
	{ data }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	// Somebody waits for the answer: one more code, not several.
	const pool = freshPool({ furtherCodes: 1 });
	try {
		const connection = connectionOf(data ?? {});
		const lease = pool.acquire(connection);
		await lease.export();
		sharedPool().forget(connection);
		return welcome(connection, lease);
	} catch (error) {
		return refused(error, pool.redact);
	} finally {
		await pool.close();
	}
}

/** Test of a token: as far as Chat tells, and without a message to anybody. */
export async function testSynologyChatBot(
	this: ICredentialTestFunctions,
	{ data }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const pool = freshPool();
	try {
		return { status: 'OK', message: await tryToken(pool.acquire(botOf(data ?? {})).dsm) };
	} catch (error) {
		return refused(error, pool.redact);
	} finally {
		await pool.close();
	}
}

function refused(error: unknown, redact: (text: string) => string): INodeCredentialTestResult {
	const text = error instanceof Error ? error.message : String(error);
	const hint = isDsmError(error) && error.hint !== undefined ? ` ${error.hint}` : '';
	return { status: 'Error', message: redact(`${text}${hint}`) };
}

/**
 * n8n gives nodes no way to write to a credential, so the token of the trusted device lasts as long as this process. n8n shows the text
 * of an error alone: a code that opened one session and no more is one.
 */
function welcome({ otpCode, otpSecret, deviceId }: ConnectionInput, lease: Lease): INodeCredentialTestResult {
	if (!otpCode || otpSecret || deviceId) return { status: 'OK', message: 'Connected.' };
	const instead =
		'n8n cannot store the device token: for use after a restart, and in queue mode, enter the OTP secret instead of a code.';
	return lease.deviceId() === undefined
		? {
				status: 'Error',
				message: `The code was right and is used up now, but the NAS gave no device token for it: the next login will be refused. ${instead}`,
			}
		: { status: 'OK', message: `Connected. The NAS trusts this n8n process until n8n restarts. ${instead}` };
}
