import type { BehaviourTable } from '../../core/behaviour';
import { calBehaviours } from './cals';
import { eventBehaviours } from './events';
import { otherBehaviours } from './other';
import { todoBehaviours } from './todos';

export { calendarOf, type CalendarState } from './state';

/** Everything the simulated Calendar answers over the web API, by `API.method`; CalDAV is in `dav.ts`. */
export const calendarBehaviours: BehaviourTable = {
	...calBehaviours,
	...eventBehaviours,
	...otherBehaviours,
	...todoBehaviours,
};
