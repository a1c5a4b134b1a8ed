import { DsmProtocolError } from '../../../core/errors';
import type { z } from '../../../vendor/zod';
import { loadStorage } from '../wire/storage';

type Storage = z.output<NonNullable<(typeof loadStorage)['answer']>>;

/**
 * What the NAS tells of its storage. A NAS has drives: an answer without any comes while it starts, and says neither that drives are
 * gone nor that there is no volume. Throws DsmProtocolError then, which may be tried again.
 */
export function settled(found: Storage): Storage {
	if (found.disks.length > 0) return found;
	throw new DsmProtocolError('The NAS does not know its drives yet.', {
		call: loadStorage,
		retryable: true,
		hint: 'DSM is starting; try again in a minute or two.',
	});
}
