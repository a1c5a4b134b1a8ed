import type { ContextStore } from './red';

/** What a push trigger node has registered. No secret. */
export interface Place {
	/** Name of the event: `slashCommandReceived`. */
	event: string;
	url: string;
}

const KEY = 'synoflow_place_v1';

const isPlace = (value: unknown): value is Place =>
	typeof value === 'object' && value !== null && 'event' in value && 'url' in value;

/** What a node has registered, in its default context store; undefined removes it. */
export const placeStore = (context: ContextStore) => ({
	load: async (): Promise<Place | undefined> =>
		await new Promise((resolve, reject) => {
			context.get(KEY, undefined, (error, value) =>
				error ? reject(error) : resolve(isPlace(value) ? value : undefined),
			);
		}),
	save: async (place: Place | undefined): Promise<void> =>
		await new Promise((resolve, reject) => {
			context.set(KEY, place, undefined, (error) => (error ? reject(error) : resolve()));
		}),
});
