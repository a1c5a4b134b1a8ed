import { api } from './api';
import { calendar } from './calendar';
import { chat } from './chat';
import { contacts } from './contacts';
import { drive } from './drive';
import { file } from './file';
import { note } from './note';
import type { AnyOperation, AnyTrigger, Explanation, Service } from './operation';
import { idOf } from './operation';

/** Every service, in the order in which documentation lists them. */
export const services: readonly Service[] = [api, chat, drive, file, note, calendar, contacts];

/** Operations of a service. */
export const operationsOf = (service: Service): AnyOperation[] =>
	Object.values(service.resources).flatMap((resource) => Object.values(resource.operations));

/** Triggers of a service. */
export const triggersOf = (service: Service): AnyTrigger[] => Object.values(service.triggers);

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

/** The service that an API belongs to, with what an account needs to use it. */
export function serviceOf(apiName: string): Service | undefined {
	return services.find(({ apis }) => apis !== '' && apiName.startsWith(apis));
}
