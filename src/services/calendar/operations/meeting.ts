import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { raw } from '../fields';
import { createMeeting, getMeetingServer, listMeetings } from '../wire';

export const getServer = operation({
	title: 'Get the meeting server',
	summary: 'Gives the settings of the Jitsi server of Calendar, as Calendar gives them.',
	call: getMeetingServer,
	params: z.object({}),
});

export const list = operation({
	title: 'List meetings',
	summary: 'Gives the Jitsi meetings of the account, as Calendar gives them.',
	call: listMeetings,
	params: z.object({}),
});

export const create = operation({
	title: 'Create a meeting',
	summary: 'Creates a Jitsi meeting, or gives that of an event. The parameters of this call are not published.',
	call: createMeeting,
	params: z.object({ params: raw }),
	request: ({ params }) => params,
});

export const meetings = resource('Meeting', { getServer, list, create });
