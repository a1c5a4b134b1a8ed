import type { Dsm } from '../../core/dsm';
import { isDsmError, withDetails } from '../../core/errors';
import type { Registered } from '../../catalog/operation';
import { botCall, callOf, configure, make, rowsOf, type Kind, type Row } from './integration';

type Settings = Record<string, unknown>;

/** The own integration that calls this address: addresses are unique to a node, so nothing else has to be remembered. */
async function find(kind: Kind, url: string, dsm: Dsm): Promise<Row | undefined> {
	return rowsOf(kind, await dsm.call(callOf(kind, 'list'), {}, { readOnly: true })).find((row) => row.url === url);
}

async function registered(kind: Kind, user_id: number, dsm: Dsm): Promise<Registered | undefined> {
	const { token } = (await dsm.call(callOf(kind, 'get'), { user_id }, { readOnly: true })) ?? {};
	return typeof token === 'string' ? { user_id, token } : undefined;
}

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
	if (!row) return await make(kind, nickname, { ...settings, url }, dsm);
	const user_id = Number(row.user_id);
	await configure(kind, user_id, nickname, { ...settings, url }, dsm);
	await dsm.call(botCall('enable'), { user_id });
	const known = await registered(kind, user_id, dsm);
	if (known) return known;
	await remove(kind, url, dsm);
	return await make(kind, nickname, { ...settings, url }, dsm);
}

/** Whether an enabled integration still calls the address. */
export async function isThere(kind: Kind, url: string, dsm: Dsm): Promise<boolean> {
	const row = await find(kind, url, dsm);
	return row !== undefined && row.is_disabled !== true;
}

/** Takes the integration away that calls the address; nothing happens when there is none. */
export async function remove(kind: Kind, url: string, dsm: Dsm): Promise<void> {
	const row = await find(kind, url, dsm);
	if (row) await dsm.call(botCall('delete'), { user_id: Number(row.user_id), real_delete: true });
}
