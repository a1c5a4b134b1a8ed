import type { Dsm } from '../../../core/dsm';
import { isDsmError, withDetails } from '../../../core/errors';
import { payloadOf, type Content } from './buttons';
import { sendParts } from './inParts';

/**
 * Sends what a bot or webhook has to say: the file goes with the first part of a long text, what stands below it with the last. `send`
 * makes the call, `idOf` names what it gave. Throws the error of Chat, which says so when the file may be to blame.
 */
export async function sendContent<T>(
	dsm: Dsm,
	given: Content,
	send: (payload: Record<string, unknown>) => Promise<T>,
	idOf: (sent: T) => string | undefined,
): Promise<[T, ...T[]]> {
	return await sendParts(
		dsm,
		{ text: given.text, part_length: given.part_length, path: 'text' },
		async (part) => {
			const payload = payloadOf(given, part);
			try {
				return await send(payload);
			} catch (error) {
				throw payload['file_url'] === undefined ? error : ofFile(error, given.file_url!);
			}
		},
		idOf,
	);
}

/** 117 stands for many faults; with a file the NAS most often cannot fetch it (chat.md 8). */
function ofFile(error: unknown, file_url: string): unknown {
	if (!isDsmError(error) || error.dsmCode !== 117) return error;
	const host = new URL(file_url).host;
	return withDetails(
		error,
		{
			hint: `Open the address from the NAS itself: it must reach ${host}, get the file without signing in, and take its name. Also check the receiver.`,
		},
		`Chat could not fetch or post the file of "file_url" from ${host} (code 117).`,
	);
}
