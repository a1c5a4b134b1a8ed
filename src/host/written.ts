import { writtenText } from '../platform';

/** Something that follows from the catalogue: the file that the build writes below `dist`, and how it is derived. */
export type Part<T> = [file: string, derive: () => T];

/** What the build wrote, so that no service is loaded for it. Where sources run, nothing is written: it is derived. */
export function written<T>([file, derive]: Part<T>): T {
	const text = writtenText(file);
	return text === undefined ? derive() : (JSON.parse(text) as T);
}
