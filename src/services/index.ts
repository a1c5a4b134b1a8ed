import { api } from './api';
import { calendar } from './calendar';
import { chat } from './chat';
import { contacts } from './contacts';
import { drive } from './drive';
import { file } from './file';
import { note } from './note';
import type { AnyOperation, AnyPush, AnyTrigger, Explanation, Service } from '../catalog/operation';
import { idOf } from '../catalog/operation';
import type { Call } from '../core/call';

/** Every service, in the order in which documentation lists them. */
export const services: readonly Service[] = [api, chat, drive, file, note, calendar, contacts];

/** Operations of a service. */
export const operationsOf = (service: Service): AnyOperation[] =>
	Object.values(service.resources).flatMap((resource) => Object.values(resource.operations));

/** Triggers of a service. */
export const triggersOf = (service: Service): AnyTrigger[] => Object.values(service.triggers);

/** Events of a service that the NAS tells of by itself. */
export const pushesOf = (service: Service): AnyPush[] => Object.values(service.pushes ?? {});

const byId = new Map(services.flatMap(operationsOf).map((operation) => [idOf(operation), operation]));

/** Operation by its id, `chat.channel.list`. */
export function findOperation(id: string): AnyOperation {
	const found = byId.get(id);
	if (!found) throw new Error(`The catalogue has no operation "${id}".`);
	return found;
}

/** Cause and remedy of a code that belongs to one service. */
export function explain(apiName: string, code: number): Explanation | undefined {
	return serviceOf(apiName)?.errors[code];
}

/** Pause between two calls of this kind by one account or token. */
export const spacingOf = ({ api, method }: Pick<Call, 'api' | 'method'>): number | undefined =>
	serviceOf(api)?.spacing?.[`${api} ${method}`];

/** The service that an API belongs to, with what an account needs to use it. */
export function serviceOf(apiName: string): Service | undefined {
	return services.find(({ apis }) => apis !== '' && apiName.startsWith(apis));
}
