import { ObservableObject, type IDataObject } from 'n8n-workflow';
import type { PlaceStore } from '../../src/host/poll';
import { staticPlace } from '../../src/n8n/place';
import { contextPlace } from '../../src/nodered/place';
import type { ContextStore } from '../../src/nodered/red';

/** Where a host keeps the place of a trigger, and what becomes of it when the host crashes. */
export interface HostStore {
	place: PlaceStore;
	/** The host takes over what a poll left: its events and its place. */
	commit: () => void;
	/** The program ends now, and begins anew: everything that was not taken over is as before. */
	crash: () => void;
	/** Whether events that were told reach the flow although the program ended before the poll did. */
	tellsAtOnce: boolean;
}

/** n8n hands on all events of a poll together, and saves the data of the workflow with them. */
function n8nStore(): HostStore {
	let saved = '{}';
	const opened = () =>
		ObservableObject.create(JSON.parse(saved) as IDataObject, undefined, {
			ignoreEmptyOnFirstChild: true,
		}) as IDataObject;
	let data = opened();
	return {
		place: staticPlace({ getWorkflowStaticData: () => data }),
		commit: () => void (saved = JSON.stringify(data)),
		crash: () => void (data = opened()),
		tellsAtOnce: false,
	};
}

const memory = require('@node-red/runtime/lib/nodes/context/memory') as (config: object) => {
	get: (scope: string, key: string, done: (error: Error | undefined, value: unknown) => void) => void;
	set: (scope: string, key: string, value: unknown, done: (error?: Error) => void) => void;
};

/** Node-RED sends each event at once, and its context is written when the place is saved. */
function noderedStore(): HostStore {
	const store = memory({});
	const context = {
		get: (key: string, _: unknown, done: (error: Error | undefined, value: unknown) => void) =>
			store.get('node', key, done),
		set: (key: string, value: unknown, _: unknown, done: (error?: Error) => void) =>
			store.set('node', key, value, done),
	} as unknown as ContextStore;
	return { place: contextPlace(context, ''), commit: () => undefined, crash: () => undefined, tellsAtOnce: true };
}

export const hostStores = { n8n: n8nStore, 'Node-RED': noderedStore };
export type HostName = keyof typeof hostStores;
