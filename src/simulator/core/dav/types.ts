import type { Nas, User } from '../nas';
import type { SyncHistory } from './history';
import type { Element } from './xml';

/** One card or event. */
export interface DavMember {
	/** Last part of its path, in clear: `b1.vcf`. */
	name: string;
	data: string;
	/** With its quotes. */
	etag: string;
	/** Milliseconds. */
	modifiedAt: number;
}

/** An address book or calendar as one user sees it. */
export interface DavFolder {
	/** Last part of its path, in clear. */
	uri: string;
	displayName: string;
	writable: boolean;
	/** Further properties by `{namespace}name`: description, color. PROPPATCH writes here, too. */
	props: Map<string, string>;
	/** Components of a calendar. */
	components?: string[];
	history: SyncHistory;
	members(): DavMember[];
	member(name: string): DavMember | undefined;
	/** Stores a card or event under a name; gives the status of the refusal, if any (409, 415, 507). */
	put(name: string, data: string): number | undefined;
	remove(name: string): void;
	/** A new display name. */
	rename(name: string): void;
}

/** What a service offers over DAV; `serveDav` does the rest. */
export interface DavService {
	/** First part of the paths, and name of the well-known address. */
	root: 'carddav' | 'caldav';
	/** Application privilege that the account needs. */
	app: string;
	/** An API of the package: while it is not served, the paths are unknown. */
	api: string;
	type: 'addressbook' | 'calendar';
	contentType: string;
	/** Switched off by a test: the paths are unknown. */
	isOff(nas: Nas): boolean;
	folders(nas: Nas, user: User): DavFolder[];
	/** Makes a folder; gives its status: 201, 403 where that is not possible. */
	make(nas: Nas, user: User, uri: string, props: Map<string, string>): number;
	/** Deletes a folder; gives its status: 204, 403 where that is not possible. */
	drop(nas: Nas, user: User, folder: DavFolder): number;
	/** Whether a member fits the filter of a query. */
	matches(member: DavMember, filter: Element): boolean;
	/** PUT and MOVE leave the ETag header out, as some servers do. */
	hidesEtag?(nas: Nas): boolean;
	/** What stands under the login name of an account whose name in DAV is another (contacts.md 8.1); default nothing. */
	elsewhere?(nas: Nas): 'nothing' | 'row' | 'empty';
	/** Status of the answer to a sync token that is too old; default 403. */
	oldTokenStatus?(nas: Nas): number;
}
