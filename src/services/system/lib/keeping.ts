import type { Row } from '../../../catalog/row';
import type { z } from '../../../vendor/zod';

const MOST = 10;

/** The row of an event of which *Simplify* keeps these fields, too: they are what the event is about. */
export function keeping<S extends z.ZodRawShape>(event: Row<S>, names: readonly string[]): Row<S> {
	const simple = event.meta()?.simple;
	if (!simple) return event;
	const kept = simple.filter((name) => !names.includes(name)).slice(0, MOST - names.length);
	return event.as({ simple: [...kept, ...names] });
}
