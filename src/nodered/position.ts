import { createHash } from 'node:crypto';
import type { AnyTrigger } from '../catalog/operation';
import { idOf } from '../catalog/operation';
import type { ContextStore } from './red';

/** Key in the node's context; its number rises when the form below changes. */
export const POSITION_KEY = 'synoflow_position_v1';

/** How many event keys are kept to tell repeats. */
const RECENT = 500;

/** How far a trigger node has come, as it is kept in context storage. No secrets. */
export interface Position {
	/** Of what it is the position: trigger, connection and parameters, as a hash. */
	of: string;
	cursor: unknown;
	/** Keys of the newest events that were sent, oldest first. */
	recent: string[];
}

/** A position holds for one trigger with its parameters on one account of one NAS: anything else starts at "now". */
export const subjectOf = (trigger: AnyTrigger, identity: string, params: unknown): string =>
	createHash('sha256')
		.update(JSON.stringify([idOf(trigger), identity, params]))
		.digest('hex');

/** Keys with the newest added, cut to the length that is kept. */
export const remember = (recent: readonly string[], keys: readonly string[]): string[] =>
	[...recent, ...keys].slice(-RECENT);

/** Where the position of a node is kept. */
export interface PositionStore {
	load: () => Promise<Position | undefined>;
	/** Undefined removes it. */
	save: (position: Position | undefined) => Promise<void>;
}

const isPosition = (value: unknown): value is Position =>
	typeof value === 'object' &&
	value !== null &&
	'of' in value &&
	'cursor' in value &&
	Array.isArray((value as Position).recent);

/** Position in the context of a node, in the named store; an empty name is the default store. */
export function contextPosition(context: ContextStore, name: string): PositionStore {
	const store = name === '' ? undefined : name;
	return {
		load: async () =>
			await new Promise((resolve, reject) => {
				context.get(POSITION_KEY, store, (error, value) =>
					error ? reject(error) : resolve(isPosition(value) ? value : undefined),
				);
			}),
		save: async (position) =>
			await new Promise((resolve, reject) => {
				context.set(POSITION_KEY, structuredClone(position), store, (error) => (error ? reject(error) : resolve()));
			}),
	};
}
