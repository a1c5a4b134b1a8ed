import type { BehaviourTable } from '../../core/behaviour';
import { bookBehaviours } from './books';
import { labelBehaviours } from './labels';
import { otherBehaviours } from './other';
import { peopleBehaviours } from './people';

export { contactsOf, type ContactsState } from './state';

/** Everything the simulated Contacts answers over the web API, by `API.method`; CardDAV is in `dav.ts`. */
export const contactsBehaviours: BehaviourTable = {
	...bookBehaviours,
	...labelBehaviours,
	...otherBehaviours,
	...peopleBehaviours,
};
