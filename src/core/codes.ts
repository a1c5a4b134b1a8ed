/** What a code means and what to do about it. */
export interface Explained {
	cause: string;
	remedy: string;
	/** The NAS refused before it did anything: even a write may be sent again after a pause (Chat: "create post too fast"). */
	transient?: boolean;
	/** The NAS has too much to do: a read may be sent again after a pause. */
	busy?: boolean;
}

type Row = readonly [cause: string, remedy: string];
type Table = Readonly<Record<number, Row>>;

const explained = (row: Row | undefined): Explained | undefined => row && { cause: row[0], remedy: row[1] };

const BUSY: Row = ['The NAS is busy or its network is unstable', 'Try again in a minute.'];
const RIGHTS = 'Grant the account the right in Control Panel, or use an account that has it.';

/** Codes that any API may answer (core.md 8.1). */
const common: Table = {
	100: ['DSM failed without saying why', 'Try again; if it stays, look into Log Center.'],
	101: [
		'A parameter is missing, or the request came through damaged',
		'Check the parameters; a proxy in between must not change the body.',
	],
	102: ['The NAS does not have this API', 'Install or start the package that offers it.'],
	103: [
		'The API has no such method in this version',
		'Check the name of the method, try another version, or update the package.',
	],
	104: [
		'The NAS does not support this version of the API',
		'Use a version within the range that the NAS lists, or update the package.',
	],
	105: ['The account may not do this', RIGHTS],
	106: ['The session has timed out', 'Run it again; the client logs in anew.'],
	107: ['The session was ended by another login of the same account', 'Give this connection a DSM account of its own.'],
	108: ['The upload failed', 'Try again; check that a proxy in between lets uploads of this size through.'],
	109: BUSY,
	110: BUSY,
	111: ['The NAS is busy, or lacks the hardware that this call is about', 'Try again in a minute.'],
	112: ['DSM answers a reserved code', 'Look into Log Center of the NAS.'],
	113: ['DSM answers a reserved code', 'Look into Log Center of the NAS.'],
	114: ['A required parameter is missing', 'Add it; the details of the error may name it.'],
	115: ['This call does not take files', 'Leave the file out.'],
	116: ['The demo site does not allow this', 'Use a NAS of your own.'],
	117: [
		'The NAS could not do it: an internal failure, a wrong state, or a right that only managers have',
		'Check IDs and rights, then try again later.',
	],
	118: BUSY,
	119: ['The session is not valid', 'Run it again; if it stays, the call is not allowed for this kind of session.'],
	120: [
		'A parameter is missing or has a value that DSM refuses',
		'Correct the parameter that the details of the error name.',
	],
	121: ['A parameter is not accepted by the package', 'Check the parameters against its documentation.'],
	150: [
		'The request came from another address than the login',
		'Let this host reach the NAS by one address only, or allow changing addresses in Control Panel, Security.',
	],
	160: ['The account lacks the privilege for this application', 'Grant it in Control Panel, Application Privileges.'],
};

/** Cause and remedy of a code that any API may answer; undefined when it is not a common one. */
export const commonCode = (code: number): Explained | undefined => explained(common[code]);

/** Reasons that come with 108, under `upload_err` (core.md 10.6). */
const uploads: Table = {
	[-8]: ['The NAS refuses the name of the file', 'Give a name without a path: the folder is a parameter of its own.'],
};

/** Cause and remedy of an upload that was refused, by the details of the error; undefined when they say nothing known. */
export function uploadCode(code: number, errors: unknown): Explained | undefined {
	const reason = code === 108 ? (errors as { upload_err?: unknown } | null | undefined)?.upload_err : undefined;
	return explained(uploads[Number(reason)]);
}

/** What the connection holds, so that the advice can say what is missing. */
export interface LoginFacts {
	hasSecret: boolean;
	/** The NAS took a code made from that secret before. */
	isProven?: boolean;
	hasCode: boolean;
	hasDeviceId: boolean;
}

const login: Table = {
	400: [
		'The account does not exist or the password is wrong',
		'Enter account and password again in the connection. It is not tried again until the connection is changed, so that the NAS does not block this host.',
	],
	401: [
		'The account is disabled, or is the guest',
		'Enable the account in Control Panel, User & Group, or use another one.',
	],
	402: [
		'The account may not log in to this application',
		'Grant it "DSM" or the application of the service in Control Panel, Application Privileges; or enter another session name in the connection, e.g. FileStation.',
	],
	405: [
		'The address belongs to the portal of another application',
		'Enter the address of DSM itself in the connection.',
	],
	406: [
		'The NAS demands two-factor authentication, but the account has not set it up',
		'Sign in to DSM once in the browser as this account, set it up, and enter its secret in the connection.',
	],
	407: [
		'The NAS has blocked the address of this host after too many failed logins',
		'Take the address from the block list in Control Panel, Security, Protection, then test the connection.',
	],
	408: [
		'The password has expired and the account may not change it',
		'An administrator has to set a new one; enter it in the connection.',
	],
	409: [
		'The password has expired',
		'Sign in to DSM in the browser, set a new password, and enter it in the connection.',
	],
	410: [
		'The password must be changed before the first use',
		'Sign in to DSM in the browser once with the given password, choose your own, and enter that in the connection.',
	],
	411: [
		'The account is locked after too many failed logins',
		'Wait until the lock ends, or unlock it in Control Panel, Security, Account.',
	],
	449: [
		'The NAS wants the login to be approved in another way',
		'Enter the secret of a one-time code in the connection; approval by app or key is not possible here.',
	],
};

/** Cause and remedy of a refused login (core.md 5.1, 8.2), said for what the connection holds. */
export function loginCode(code: number, facts?: LoginFacts): Explained {
	const row = code === 403 ? codeNeeded(facts) : code === 404 ? codeWrong(facts) : login[code];
	return (
		explained(row) ??
		commonCode(code) ?? {
			cause: `The NAS refused the login (code ${code})`,
			remedy: 'Try the same account in the browser.',
		}
	);
}

function codeNeeded(facts?: LoginFacts): Row {
	if (facts?.hasDeviceId) {
		return [
			'The NAS no longer trusts this device and asks for a one-time code',
			'Clear the device ID in the connection and enter the OTP secret, or a new one-time code.',
		];
	}
	return [
		'The account uses two-factor authentication: the NAS asks for a one-time code',
		facts?.hasCode
			? 'The code of the connection is used up: enter a new one and test the connection at once, or better enter the OTP secret.'
			: 'Enter the OTP secret in the connection (the text shown when the authenticator app was set up). In Node-RED a one-time code serves, too: enter it and test the connection at once.',
	];
}

function codeWrong(facts?: LoginFacts): Row {
	if (facts?.hasSecret) {
		const others = 'each program its own DSM account, or a device ID in its connection';
		return facts.isProven
			? [
					'Other programs that use the account took the one-time codes of the last minutes',
					`Try again in five minutes; the secret in the connection is right. If it stays, give ${others}.`,
				]
			: [
					'The NAS refused several one-time codes made from the OTP secret',
					`If the secret in the connection worked before, other programs that use the account took the codes: try again in five minutes, or give ${others}. Otherwise compare the codes with those of the authenticator app, and the time of the NAS with the real one.`,
				];
	}
	return [
		'The one-time code is wrong, was used before, or is too old',
		'Enter a fresh code in the connection and test the connection at once.',
	];
}
