import type { Explanation } from '../../catalog/operation';

/**
 * Codes of SYNO.Chat.* (chat.md 2). Chat reuses low numbers that mean something else elsewhere in DSM;
 * `error.errors` is a plain text here and stays on the error.
 */
export const errors: Record<number, Explanation> = {
	100: {
		cause: 'Chat failed without saying why',
		remedy: 'Try again; if it stays, look into the log of Chat Server on the NAS.',
	},
	101: {
		cause: 'A parameter is missing or has the wrong type',
		remedy: 'Check the parameters; IDs are numbers.',
	},
	102: {
		cause: 'Chat Server is not installed or not running',
		remedy: 'Install or start the package "Synology Chat Server" in the Package Center.',
	},
	103: {
		cause: 'This Chat Server does not know the method in this version',
		remedy: 'Update the package "Synology Chat Server".',
	},
	104: {
		cause: 'This Chat Server does not know the version of the call',
		remedy: 'Update the package "Synology Chat Server".',
	},
	105: {
		cause: 'The account may not do this with this message, channel or integration',
		remedy:
			'Grant the account the application privilege "Synology Chat" in Control Panel, or ask the owner of the channel for the right.',
	},
	117: {
		cause: 'Chat could not do it: a wrong ID, a channel joined already, or a passing fault',
		remedy: 'Check the IDs, then try again later.',
	},
	120: {
		cause: 'A parameter has a form or value that Chat does not accept',
		remedy: 'Check the parameters against the documentation of the operation.',
	},
	152: {
		cause: 'A text does not fit the rules of Chat, e.g. a channel name with a space',
		remedy: 'Use letters, digits, "-" and "_" in channel names.',
	},
	160: {
		cause: 'The account lacks the application privilege "Synology Chat"',
		remedy: 'Grant it in Control Panel > Application Privileges.',
	},
	400: {
		cause: 'A conversation needs somebody else: you cannot talk to yourself',
		remedy: 'Choose another user than the account of the connection.',
	},
	401: {
		cause: 'The account is not a member of the channel',
		remedy: 'Join the channel first, or have the account invited.',
	},
	402: {
		cause: 'There is no such message',
		remedy: 'Check the message ID; the message may have been deleted.',
	},
	403: {
		cause: 'There is no such channel',
		remedy: 'Check the channel ID; the channel may have been closed.',
	},
	404: {
		cause: 'Chat does not find what the call is about',
		remedy: 'Check the IDs and what was left out.',
	},
	407: {
		cause: 'A value is not valid for Chat',
		remedy: 'Check the values against the description of the operation; the NAS says above what it objects to.',
	},
	408: {
		cause: 'The account has no key pair, which encrypted channels need',
		remedy: 'Open Chat once in the browser as this account and set up encryption, or use an unencrypted channel.',
	},
	409: {
		cause: 'The file is larger than Chat accepts',
		remedy: 'Send a smaller file, or raise the limit in the settings of Chat.',
	},
	410: {
		cause: 'The message is too long',
		remedy: 'Split it into several messages of at most 2000 characters.',
	},
	411: {
		cause: 'Messages follow each other too fast',
		remedy: 'Leave at least a second between two messages of the same account.',
		// Refused before anything was stored, so a write may be sent again after a pause.
		transient: true,
	},
	415: {
		cause: "The message may not be changed or deleted any more, or it is somebody else's",
		remedy: 'Only own messages within the time set by the administrator of Chat can be changed or deleted.',
	},
	422: {
		cause: 'A public channel cannot be encrypted',
		remedy: 'Create a private channel, or leave encryption off.',
	},
};

/** Codes that mean something of their own in one API (chat.md 2). */
export const errorsOf: Record<string, Record<number, Explanation>> = {
	'SYNO.Chat.External': {
		404: {
			cause: 'The bot or webhook is not usable: wrong token, disabled, without a nickname, or of the wrong kind',
			remedy: 'Give the integration a nickname, enable it, and copy its token again.',
		},
	},
	'SYNO.Chat.Post.Reaction': {
		407: {
			cause: 'There is no sticker of this name',
			remedy: 'Use a name from the sticker list, e.g. "heart" or "thumbsup".',
		},
	},
};
