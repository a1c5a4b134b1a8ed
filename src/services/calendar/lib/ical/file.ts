import { apart } from '../../../../core/apart';
import { partsOf } from '../../../../formats/ical/split';

/** The events and to-dos of an iCalendar file of any size (`partsOf`), which holds up nobody. */
export const partsApart = apart('conversion', require.resolve('../../../../formats/ical/split'), partsOf);
