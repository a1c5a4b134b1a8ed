import type { Dsm } from '../../../core/dsm';
import type { ListCall } from '../../../core/call';

/** Rows of one request: the NAS reads its logs while it answers. */
const PAGE = 200;

/** Rows of a log, the newest first. Its pages begin at `start`, and new lines may push the last ones of a page into the next. */
export async function* logRows<R>(dsm: Dsm, call: ListCall<R>, request: Record<string, unknown>): AsyncGenerator<R> {
	for (let start = 0; ; start += PAGE) {
		const { rows, total } = await dsm.call(
			call,
			{ target: 'LOCAL', dir: 'desc', ...request, start, limit: PAGE },
			{ readOnly: true },
		);
		yield* rows;
		if (rows.length === 0 || (total === undefined ? rows.length < PAGE : start + rows.length >= total)) return;
	}
}
