import { platform } from './node';

export type * from './types';

/**
 * The one door to what the client takes from the program it runs in. An edition for a host that forbids Node's built-ins replaces this
 * file by one over another platform, so nobody may go past it.
 */
export const {
	capabilities,
	createTransport,
	shownFingerprint,
	sleep,
	later,
	turn,
	streamOf,
	deflated,
	inflated,
	withinTime,
	inThread,
	broadcast,
	environment,
	writtenText,
	useHost,
} = platform;
