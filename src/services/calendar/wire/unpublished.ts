import { uncaptured } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';

/** Calls of which only the names are known: neither their parameters nor their answers are published. */
const unpublished = { answer: uncaptured, basis: 'inferred', source: 'calendar.md 7.2' } as const;
const unpublishedRead = { ...unpublished, readOnly: true } as const;
export const getMeetingServer = call('SYNO.Cal.Proxy', 'get_config', 5, unpublishedRead);
export const listMeetings = call('SYNO.Cal.Proxy', 'jitsi_list', 5, unpublishedRead);
export const createMeeting = call('SYNO.Cal.Proxy', 'jitsi', 5, unpublished);
export const listForeign = call('SYNO.Cal.AuthForeign', 'list', 1, unpublishedRead);
export const getForeign = call('SYNO.Cal.AuthForeign', 'get', 1, unpublishedRead);
export const createForeign = call('SYNO.Cal.AuthForeign', 'create', 1, unpublished);
export const setForeign = repeatable(call('SYNO.Cal.AuthForeign', 'set', 1, unpublished));
export const deleteForeign = repeatable(call('SYNO.Cal.AuthForeign', 'delete', 1, unpublished), { done: [] });
