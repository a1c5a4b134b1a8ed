import { calendarDav } from '../../services/calendar/dav';
import { contactsDav } from '../../services/contacts/dav';
import type { DavService } from './types';

/** Services with a DAV side. */
export const davServices: readonly DavService[] = [contactsDav, calendarDav];
