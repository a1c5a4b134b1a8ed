import type { SimulatedService } from '../../core/service';
import { chatChannel } from './channel';
import { chatBehaviours, chatOf } from './index';
import { chatScenes } from './life';
import { seedChat } from './seed';

const APPLICATION = 'SYNO.SDS.Chat.Application';

export const chat: SimulatedService = {
	id: 'chat',
	order: 1,
	package: { id: 'Chat', name: 'Synology Chat Server', version: '2.4.6-22200', apis: ['SYNO.Chat.'] },
	application: { id: APPLICATION, sessionName: 'Chat' },
	alias: 'chat',
	behaviours: chatBehaviours,
	accounts: (applications) => [{ name: 'nochat', apps: new Set(applications.filter((one) => one !== APPLICATION)) }],
	seed: seedChat,
	scenes: chatScenes,
	keepSmall: (nas, { posts }) => void (chatOf(nas).switches.keepPosts = posts),
	channel: chatChannel,
};
