import type { Dsm } from '../../../core/dsm';
import { isDsmError, withDetails } from '../../../core/errors';
import type { Registered } from '../../../catalog/operation';
import { deleteBot, enableBot, type Integration } from '../wire/integrations';
import { configure, make, type Kind } from './integrations';

type Settings = Record<string, unknown>;

/** The own integration that calls this address: addresses are unique to a node, so nothing else has to be remembered. */
async function find({ calls }: Kind, url: string, dsm: Dsm): Promise<Integration | undefined> {
	return (await dsm.list(calls.list)).find((row) => row.url === url && !row.deleted);
}

const registered = ({ user_id, token }: Integration): Registered | undefined =>
	token === undefined ? undefined : { user_id: Number(user_id), token };

const BY_HAND =
	'Let the administrator of Chat give the account the right to make integrations (and at most five bots each), or choose "By Hand" as registration.';

/** Makes an integration that calls an address, or brings the one there is up to date. */
export async function ensure(...given: Parameters<typeof upToDate>): Promise<Registered> {
	try {
		return await upToDate(...given);
	} catch (error) {
		throw isDsmError(error) && error.code === 'permission' ? withDetails(error, { hint: BY_HAND }) : error;
	}
}

async function upToDate(
	kind: Kind,
	nickname: string,
	{ url, ...settings }: Settings & { url: string },
	dsm: Dsm,
): Promise<Registered> {
	const row = await find(kind, url, dsm);
	if (!row) return await register(kind, nickname, { ...settings, url }, dsm);
	const user_id = Number(row.user_id);
	await configure(kind, user_id, nickname, { ...settings, url }, dsm);
	await dsm.call(enableBot, { user_id });
	const known = registered(await dsm.call(kind.calls.get, { user_id }));
	if (known) return known;
	await remove(kind, url, dsm);
	return await register(kind, nickname, { ...settings, url }, dsm);
}

async function register(kind: Kind, nickname: string, settings: Settings, dsm: Dsm): Promise<Registered> {
	const { user_id, token = '' } = await make(kind, nickname, settings, dsm);
	return { user_id: Number(user_id), token };
}

/** Whether an enabled integration still calls the address. */
export async function isThere(kind: Kind, url: string, dsm: Dsm): Promise<boolean> {
	const row = await find(kind, url, dsm);
	return row !== undefined && row.is_disabled !== true;
}

/** Takes the integration away that calls the address; nothing happens when there is none. */
export async function remove(kind: Kind, url: string, dsm: Dsm): Promise<void> {
	const row = await find(kind, url, dsm);
	if (row) await dsm.call(deleteBot, { user_id: Number(row.user_id), real_delete: true });
}
