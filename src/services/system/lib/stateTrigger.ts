import type { Call, ListCall } from '../../../core/call';
import type { Dsm } from '../../../core/dsm';
import type { Right } from '../../../core/right';
import { listTrigger } from '../../../catalog/listTrigger';
import type { Row } from '../../../catalog/row';
import { keeping } from './keeping';
import { z } from '../../../vendor/zod';

interface StateTrigger<P extends z.ZodObject, R, S extends z.ZodRawShape> {
	title: string;
	summary: string;
	right?: Right;
	params: P;
	filters?: readonly (keyof z.output<P> & string)[];
	call?: ListCall<R>;
	request?: (params: z.output<P>) => Record<string, unknown>;
	look?: (params: z.output<P>, dsm: Dsm) => Promise<readonly R[]>;
	uses?: readonly Call[];
	id: (row: R) => string;
	/** What counts as its state; undefined: not known now, it is as it was. */
	state: (row: R, params: z.output<P>) => string | undefined;
	/** Which change of the state is told. */
	tells?: (now: string, was: string, params: z.output<P>) => boolean;
	keep?: (row: R, params: z.output<P>) => boolean;
	event: Row<S>;
	/** Fields of the event that *Simplify* keeps beside those of its row. */
	more?: readonly string[];
}

const told = { event_id: z.string(), previous_state: z.string() };

/** A trigger on things that are there all the time and whose state changes: nothing is told of the state they are in at the start. */
export const stateTrigger = <P extends z.ZodObject, R extends object, S extends z.ZodRawShape>(
	kind: StateTrigger<P, R, S>,
) => {
	const { state, tells = () => true, event, more = [], ...rest } = kind;
	return listTrigger({
		...rest,
		fingerprints: (row: R, params: z.output<P>) => [state(row, params) ?? ''],
		isTooFresh: (row: R, params: z.output<P>) => state(row, params) === undefined,
		on: 'changed',
		tell(change, params) {
			// A sample is a thing as it is.
			if (change.kind !== 'changed') return [{ previous_state: '' }];
			const [now = '', was = ''] = [change.now[0], change.was[0]];
			return tells(now, was, params) ? [{ previous_state: was }] : [];
		},
		event: keeping(event.with(told), ['previous_state', ...more]),
	});
};
