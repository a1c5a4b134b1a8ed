import type { Entry } from '../../core/volume';

/** A search as long as it is not cleaned. */
export interface Search {
	taskid: string;
	user: string;
	/** Session that started it: with it the search is gone. */
	sid: string;
	found: { entry: Entry; path: string }[];
	polls: number;
	stopped: boolean;
	/** The NAS has discarded it, and does not say so. */
	lost: boolean;
}

/** A sharing link (filestation.md 3). */
export interface Link {
	id: string;
	owner: string;
	path: string;
	password: string;
	/** `YYYY-MM-DD`, or with a time of day; `0`: none. */
	date_expired: string;
	date_available: string;
	/** Accesses that are left; 0: no limit. */
	expire_times: number;
	enable_upload: boolean;
	request_name: string;
	request_info: string;
	/** Login names the link is shared with. */
	protect_users: string[];
	at: number;
}

export interface Favorite {
	path: string;
	name: string;
}

export interface Mount {
	type: string;
	path: string;
	status: 'remote' | 'remotefail' | 'iso';
}
