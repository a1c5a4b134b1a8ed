import type { ApiReply, BehaviourTable } from './behaviour';
import type { DavService } from './dav/types';
import type { IncomingCall } from './dispatch';
import type { Scene } from './life';
import type { Nas, NewUser, User } from './nas';
import type { WireRequest } from './wire';

/** What one service brings to the simulated NAS: each folder under `services` has one such table in its `service.ts`. */
export interface SimulatedService {
	/** Name of its folder. */
	id: string;
	/** Place among the services when content is put on the NAS; those that do not say come last. */
	order?: number;
	/** Package in Package Center, and how the names of its APIs begin. Absent: every DSM has it. */
	package?: { id: string; name: string; version: string; apis: readonly string[] };
	/** Application that can be granted to an account, with the session name that stands for it (core.md 4.5). Absent: none of its own. */
	application?: { id: string; sessionName: string };
	/** Prefix of its paths as an application portal (core.md 1.1). */
	alias?: string;
	/** Its answer to an upload whose routing keys are parts of the body (core.md 10.1); default 101. */
	misrouted?: ApiReply;
	behaviours: BehaviourTable;
	/** How the names of those of its APIs begin whose methods may be written in any case. */
	caseless?: string;
	/** Accounts that show what only this service knows; gets the ids of all applications. */
	accounts?: (applications: readonly string[]) => Omit<NewUser, 'password'>[];
	/** Puts content on the NAS. */
	seed: (nas: Nas) => void;
	/** What happens by itself in the demo, in turn. */
	scenes: readonly Scene[];
	/** Keeps a demo that runs for weeks from growing. */
	keepSmall?: (nas: Nas, most: { posts: number }) => void;
	/** CardDAV or CalDAV. */
	dav?: DavService;
	/** What it serves beside the CGI. */
	pages?: readonly Page[];
	/** Pages of the package that take a form and know who is signed in. */
	site?: Site;
	rest?: RestApi;
	channel?: Channel;
	/** Ends what it listens at beside the port of DSM. */
	close?: (nas: Nas) => Promise<void>;
}

/** A form at an address of its own that is no Web API. */
export interface Site {
	serves: (nas: Nas, path: string) => boolean;
	answer: (nas: Nas, wire: WireRequest, ip: string) => ApiReply;
}

/** A page or file at an address of its own. */
export interface Page {
	path: RegExp;
	answer: (visitor: Visitor) => ApiReply;
}

export interface Visitor {
	nas: Nas;
	/** What the pattern found in the path. */
	parts: RegExpExecArray;
	query: URLSearchParams;
	/** Session of the cookie. */
	sid: string | undefined;
}

/** Paths and verbs that stand for calls. */
export interface RestApi {
	/** The call behind a path; undefined for other paths. */
	callOf: (nas: Nas, verb: string, path: string) => RestCall | undefined;
	/** The call as dispatch takes it. */
	incoming: (rest: RestCall, wire: WireRequest, ip: string) => IncomingCall;
	reply: (rest: RestCall, reply: ApiReply) => ApiReply;
}

export interface RestCall {
	api: string;
	method: string;
	version: number;
	/** Parameters in the path. */
	inPath: Record<string, string>;
	/** The verb takes no body. */
	bodiless: boolean;
}

/** A socket.io channel beside that of the desktop. */
export interface Channel {
	path: string;
	/** An API of the package: while it is not served, the path is unknown. */
	api: string;
	/** Tells one listener of news until the returned function is called. `ids` are those by which a write may name the connection. */
	follow: (nas: Nas, user: User, ids: readonly string[], tell: (event: string, data: unknown) => void) => () => void;
}
