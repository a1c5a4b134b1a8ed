import type { NodeStore } from '../host/places';
import type { ContextStore } from './red';

/** Key of the place in a node's context. */
export const PLACE_KEY = 'synoflow_place';
/** Where version 1 kept it. */
export const OLD_PLACE_KEY = 'synoflow_position_v1';

/** One value in the context of a node. */
export const contextValue = (context: ContextStore, store?: string) => ({
	load: async (key: string): Promise<unknown> =>
		await new Promise((resolve, reject) => {
			context.get(key, store, (error, value) => (error ? reject(error) : resolve(value)));
		}),
	save: async (key: string, value: unknown): Promise<void> =>
		await new Promise((resolve, reject) => {
			context.set(key, structuredClone(value), store, (error) => (error ? reject(error) : resolve()));
		}),
});

/** Place of a trigger node in its context, in the named store; an empty name is the default store. */
export function contextPlace(context: ContextStore, name: string): NodeStore {
	const { load, save } = contextValue(context, name === '' ? undefined : name);
	return {
		load: async () => (await load(PLACE_KEY)) ?? (await load(OLD_PLACE_KEY)),
		save: async (value) => {
			await save(PLACE_KEY, value);
			if ((await load(OLD_PLACE_KEY)) !== undefined) await save(OLD_PLACE_KEY, undefined);
		},
	};
}
