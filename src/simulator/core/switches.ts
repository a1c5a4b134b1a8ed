/** Deviations of real devices that core.md leaves undecided or that differ by release. */
export interface Switches {
	/** `query=SYNO.X.` matches by prefix (core.md 2). */
	infoPrefix: boolean;
	/** Answer to a request without the token that its session needs (core.md 3.4). */
	missingTokenCode: 119 | 105 | 103;
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
	/** Login v7 answers `device_id: ""` even when asked for one (DSM 7.0.1, core.md 5.3). */
	emptyDeviceId: boolean;
	/** Writes of sessions without a token are refused too (core.md 3.4). */
	requireToken: boolean;
	/** So many failures block the source address: 407. 0 switches Auto Block off. */
	autoBlockAttempts: number;
	autoBlockMinutes: number;
	/** `SYNO.Entry.Request.Polling.status` without an id: 120 in the probe of a device, 114 in the text of core.md 9.1. */
	missingTaskIdCode: 120 | 114;
	/** Upload onto an existing file without `overwrite` (filestation.md 4.12). */
	uploadConflictCode: 414 | 1805;
	/** `List.getinfo` of a missing path (filestation.md 4.4). */
	missingPathAnswer: 'entry' | 'none' | 408;
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

export function defaultSwitches(): Switches {
	return {
		infoPrefix: true,
		missingTokenCode: 119,
		missingPrivilegeCode: 105,
		unknownSessionNameCode: 'success',
		displaceSameSessionName: false,
		bindIp: false,
		idleMinutes: 15,
		emptyDeviceId: false,
		requireToken: false,
		autoBlockAttempts: 10,
		autoBlockMinutes: 5,
		missingTaskIdCode: 120,
		uploadConflictCode: 414,
		missingPathAnswer: 'entry',
		stateInMessage: true,
		openerPolicy: 'loopback-or-same-host',
		paddedBase64: false,
		codeDeviceIdEmpty: false,
		resumeAfterIdle: true,
		resumeSendsSid: false,
	};
}
