/** Lets so many through at a time; each gives its place back by what it gets. */
export function slots(count: number): (signal?: AbortSignal) => Promise<() => void> {
	const waiting = new Set<() => void>();
	let free = count;
	const giveBack = (): void => {
		const [next] = waiting;
		if (next) next();
		else free += 1;
	};
	return async (signal) => {
		signal?.throwIfAborted();
		if (free > 0) free -= 1;
		else await turnOf(waiting, signal);
		let isHeld = true;
		return () => {
			if (isHeld) giveBack();
			isHeld = false;
		};
	};
}

async function turnOf(waiting: Set<() => void>, signal: AbortSignal | undefined): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		const leaving = (then: () => void) => (): void => {
			waiting.delete(enter);
			signal?.removeEventListener('abort', leave);
			then();
		};
		const enter = leaving(resolve);
		const leave = leaving(() => reject(signal!.reason as Error));
		waiting.add(enter);
		signal?.addEventListener('abort', leave, { once: true });
	});
}
