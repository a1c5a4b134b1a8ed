import type { RegistrationStore } from '../host/push';
import { contextValue } from './place';
import type { ContextStore } from './red';

const KEY = 'synoflow_registration';
/** Where version 1 kept it. */
const OLD_KEY = 'synoflow_place_v1';

/** What a push trigger node has registered, in its default context store. */
export function contextRegistration(context: ContextStore): RegistrationStore {
	const { load, save } = contextValue(context);
	return {
		load: async () => (await load(KEY)) ?? (await load(OLD_KEY)),
		save: async (registered) => {
			await save(KEY, registered);
			if ((await load(OLD_KEY)) !== undefined) await save(OLD_KEY, undefined);
		},
	};
}
