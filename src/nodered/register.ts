import { registerAction } from './action';
import type { Red } from './red';
import { registerPush } from './push';
import { registerTrigger } from './trigger';
import { serviceById } from '../services';

/** What an entry file of Node-RED exports: registers the nodes of one service. */
export const registerService =
	(id: string) =>
	(red: Red): void => {
		const service = serviceById(id);
		registerAction(red, service);
		if (Object.keys(service.triggers).length > 0) registerTrigger(red, service);
		if (service.pushes) registerPush(red, service);
	};
