import { later } from './time';

/** Tells once when nothing has happened for so long. One timer serves many signs of life, since each chunk of a file is one. */
export interface Watch {
	/** Something happened, or what is waited for begins. */
	touch: () => void;
	/** Nothing is waited for at the moment. */
	rest: () => void;
}

export function watch(limit: number, tooLong: () => void): Watch {
	let since: number | undefined;
	let isSet = false;
	const set = (milliseconds: number): void => {
		isSet = true;
		later(milliseconds, look);
	};
	const look = (): void => {
		isSet = false;
		if (since === undefined) return;
		const left = since + limit - Date.now();
		if (left <= 0) tooLong();
		else set(left);
	};
	return {
		touch: () => {
			since = Date.now();
			if (!isSet) set(limit);
		},
		rest: () => (since = undefined),
	};
}
