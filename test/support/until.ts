/** Waits until something holds, looking every few milliseconds; the deadline only ends a test that fails. */
export async function until<T>(
	look: () => T | Promise<T>,
	what = 'the condition',
	deadline = 30_000,
): Promise<NonNullable<T>> {
	const end = Date.now() + deadline;
	for (;;) {
		const found = await look();
		if (found) return found;
		if (Date.now() > end) throw new Error(`Waited ${deadline} ms in vain for ${what}.`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}
