import type { Call } from '../../core/call';
import type { Dsm } from '../../core/dsm';
import type { People, WireChannel } from './people';
import { channelList, channelsOf, peopleOf, userList, usersOf } from './people';

/** Names and channels change seldom; what is older is read anew (chat.md 17.7). */
const FRESH = 5 * 60_000;
/** Users that Chat does not list, such as bots, must not cost a request with every message. */
const PATIENCE = 60_000;

interface Kept {
	at: number;
	data: Promise<unknown>;
}

/** An answer that was given lately, else a new one; `isEnough` says of an answer older than `patience` whether it still serves. */
async function known<T>(
	dsm: Dsm,
	call: Call,
	read: (data: unknown) => T,
	isEnough: (found: T) => boolean,
	patience: number,
): Promise<T> {
	const key = `${call.api} ${call.method}`;
	const kept = dsm.memory.get(key) as Kept | undefined;
	const age = kept ? Math.abs(dsm.now() - kept.at) : Infinity;
	// When whoever asked was refused or cancelled, this one asks anew.
	const present = kept && age < FRESH ? await kept.data.catch(() => undefined) : undefined;
	if (present !== undefined) {
		const found = read(present);
		if (age < patience || isEnough(found)) return found;
	}
	const data = dsm.call(call, {}, { share: true });
	dsm.memory.set(key, { at: dsm.now(), data } satisfies Kept);
	try {
		return read(await data);
	} catch (error) {
		dsm.memory.delete(key);
		throw error;
	}
}

/** Users by id, as of the last minutes; read anew when one of the wanted is missing. */
export const knownPeople = async (dsm: Dsm, isEnough: (people: People) => boolean = () => true): Promise<People> =>
	await known(dsm, userList, (data) => peopleOf(usersOf(data)), isEnough, PATIENCE);

/** Channels, as of the last minutes; read anew when one of the wanted is missing. */
export const knownChannels = async (dsm: Dsm, wanted: readonly number[]): Promise<WireChannel[]> =>
	await known(
		dsm,
		channelList,
		channelsOf,
		(rows) => wanted.every((wish) => rows.some(({ channel_id }) => channel_id === wish)),
		0,
	);

/** The channels as they are now. */
export const presentChannels = async (dsm: Dsm): Promise<WireChannel[]> =>
	await known(dsm, channelList, channelsOf, () => false, 0);
