import { type DsmRelease, shows } from './releases';

/** Deviations of real devices that core.md leaves undecided or that differ by release (releases.json). */
export interface Switches {
	/** `query=SYNO.X.` matches by prefix (core.md 2). */
	infoPrefix: boolean;
	/** Answer to a request without the token that its session needs (core.md 3.4). */
	missingTokenCode: 119 | 105 | 103;
	/** Answer of an old CGI to a session that is over; without any it is 105 (audiostation.md 10, downloadstation.md 9). */
	oldCgiExpiredCode: 105 | 106 | 119;
	/** Answer to an account without the application privilege (core.md 8.6). */
	missingPrivilegeCode: 105 | 160;
	/** Login of an ordinary user under a name that is no application (core.md 4.5). */
	unknownSessionNameCode: 'success' | 402;
	/** A login displaces older sessions of the same account and session name: they answer 107. */
	displaceSameSessionName: boolean;
	/** A session answers 150 to another source address. */
	bindIp: boolean;
	/** A session unused for longer answers 106. */
	idleMinutes: number;
	/** Login v7 answers `device_id: ""` even when asked for one: never, with `format=sid` (DSM 7.0.1), or always (core.md 5.3). */
	emptyDeviceId: 'never' | 'formatSid' | 'always';
	/** A login with the id of a trusted device gives a new one, and the old one opens nothing more (core.md 5.3). */
	renewDeviceId: boolean;
	/** A session of a login below version 7 may not change what administrators administer: 402 (releases.md 4.1). */
	v6ReducedRights: boolean;
	/** A session name that opens nothing for an ordinary user: 402 (releases.md 4.3). */
	refusedSessionName: string | undefined;
	/** Seconds that the cookie of a trusted device lives (core.md 5.3). */
	deviceCookieAge: number;
	/** Writes of sessions without a token are refused too (core.md 3.4). */
	requireToken: boolean;
	/** A restart ends all sessions: the administrator's setting `restart_clean_session` (releases.md 4.11). */
	restartCleanSession: boolean;
	/** Routing keys count in the parts of a multipart body, as on DSM 6 (core.md 10.1). */
	routingInParts: boolean;
	/** So many failures block the source address: 407. 0 switches Auto Block off. */
	autoBlockAttempts: number;
	autoBlockMinutes: number;
	/** Days that a block lasts; 0: for good. */
	autoBlockDays: number;
	/** `SYNO.Entry.Request.Polling.status` without an id: 120 in the probe of a device, 114 in the text of core.md 9.1. */
	missingTaskIdCode: 120 | 114;
	/** Upload onto an existing file without `overwrite` (filestation.md 4.12). */
	uploadConflictCode: 414 | 1805;
	/** `List.getinfo` of a missing path (filestation.md 4.4); `nameless`: an entry without the key `name` (releases.md 5.5). */
	missingPathAnswer: 'entry' | 'nameless' | 'none' | 408;
	/** The sign-in page repeats `state` in its message (identity.md 13.3). */
	stateInMessage: boolean;
	/** Which openers the sign-in page speaks to; to others it is silent (identity.md 13.2). */
	openerPolicy: 'any' | 'loopback-or-same-host' | 'none';
	/** Keys are told in base64url with padding (identity.md 13.4.1). */
	paddedBase64: boolean;
	/** The exchange of a code gives an empty device id (identity.md 13.5). */
	codeDeviceIdEmpty: boolean;
	/** A session that was suspended can be resumed; otherwise 400 (identity.md 13.6). */
	resumeAfterIdle: boolean;
	/** A resume answers the session id, too (identity.md 13.5). */
	resumeSendsSid: boolean;
}

/** How a release behaves by itself. */
export function switchesOf(dsm: DsmRelease): Switches {
	const has = (name: string): boolean => shows(dsm, name);
	return {
		infoPrefix: true,
		missingTokenCode: 119,
		oldCgiExpiredCode: 105,
		missingPrivilegeCode: 105,
		unknownSessionNameCode: has('auth.unknownSessionName') ? 402 : 'success',
		displaceSameSessionName: false,
		bindIp: false,
		idleMinutes: 15,
		emptyDeviceId: dsm === '7.0.1' ? 'formatSid' : 'never',
		// From 7.3.2 on a NAS may do so.
		renewDeviceId: false,
		v6ReducedRights: has('auth.v6ReducedRights'),
		refusedSessionName: has('auth.sessionCoreRefused') ? 'Core' : undefined,
		// 30 days in 2021, a year in a capture of 2024.
		deviceCookieAge: dsm === '7.0.1' || dsm === '7.1.1' ? 2_592_000 : 31_536_000,
		// A setting of the administrator, `enable_csrf_protection`: seen to hold for all writes from 7.3.2 on.
		requireToken: false,
		restartCleanSession: true,
		routingInParts: false,
		autoBlockAttempts: 10,
		autoBlockMinutes: 5,
		autoBlockDays: 0,
		missingTaskIdCode: 120,
		uploadConflictCode: 414,
		missingPathAnswer: has('getinfo.missing') ? 'nameless' : 'entry',
		stateInMessage: true,
		openerPolicy: 'loopback-or-same-host',
		paddedBase64: false,
		codeDeviceIdEmpty: false,
		resumeAfterIdle: true,
		resumeSendsSid: false,
	};
}
