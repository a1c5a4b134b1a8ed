import type { Service } from '../catalog/operation';
import { registerAction } from './action';
import type { Red } from './red';
import { registerPush } from './push';
import { registerTrigger } from './trigger';

/** What an entry file of Node-RED exports: registers the nodes of one service. */
export const registerService =
	(service: Service) =>
	(red: Red): void => {
		registerAction(red, service);
		if (Object.keys(service.triggers).length > 0) registerTrigger(red, service);
		if (service.pushes) registerPush(red, service);
	};
