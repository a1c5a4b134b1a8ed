import type { Dsm } from '../../core/dsm';
import type { People } from './people';
import { ownId, peopleOf, userList, usersOf } from './people';
import { settled } from './refusal';

const whoCall = { api: 'SYNO.Chat.User', method: 'get', version: 3 } as const;

/** Own id by name; else what Chat answers to a question for no user in particular, inferred to be the caller (chat.md 6). */
export async function whoAmI(dsm: Dsm): Promise<number> {
	const own = ownId(usersOf(await settled(dsm.call(userList))), dsm);
	if (own !== undefined) return own;
	const answer = await settled(dsm.call(whoCall));
	return answer?.user?.user_id ?? answer?.user_id ?? 0;
}

/** Users by id; none when the NAS does not list them. */
export const readPeople = async (dsm: Dsm): Promise<People> => peopleOf(usersOf(await settled(dsm.call(userList))));
