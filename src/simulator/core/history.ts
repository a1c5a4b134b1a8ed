/** Adds an item to a record that keeps at most about `most` items: the oldest tenth goes when it is full. */
export function remember<T>(record: T[], item: T, most: number): void {
	record.push(item);
	if (record.length > most) record.splice(0, record.length - Math.ceil(most * 0.9));
}
