import { calendarDav } from '../behaviours/calendar/dav';
import { contactsDav } from '../behaviours/contacts/dav';
import type { DavService } from './types';

/** Services with a DAV side. */
export const davServices: readonly DavService[] = [contactsDav, calendarDav];
