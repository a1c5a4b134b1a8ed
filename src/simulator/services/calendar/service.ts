import type { SimulatedService } from '../../core/service';
import { calendarDav } from './dav';
import { calendarBehaviours } from './index';
import { calendarScenes } from './life';
import { calendarRest } from './rest';
import { seedCalendar } from './seed';

export const calendar: SimulatedService = {
	id: 'calendar',
	order: 5,
	package: { id: 'Calendar', name: 'Synology Calendar', version: '2.5.3-10970', apis: ['SYNO.Cal.'] },
	application: { id: 'SYNO.Cal.Application', sessionName: 'Calendar' },
	alias: 'calendar',
	behaviours: calendarBehaviours,
	seed: seedCalendar,
	scenes: calendarScenes,
	dav: calendarDav,
	rest: calendarRest,
};
