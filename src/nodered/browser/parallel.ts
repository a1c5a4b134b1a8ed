/** Most messages that a node works on at the same time. */
export const MOST_PARALLEL = 20;

/** Whether a saved text says how many messages a node works on at the same time; nothing means one. */
export const isParallel = (value: unknown): boolean => {
	const text = String(value ?? '').trim();
	const count = Number(text);
	return text === '' || (Number.isInteger(count) && count >= 1 && count <= MOST_PARALLEL);
};
