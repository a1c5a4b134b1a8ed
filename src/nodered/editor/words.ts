import { UNVERIFIED } from '../../host/form';

/** Fixed words of the forms and of the runtime, by key; other languages translate the English text (locales/*.json). */
export const ACTION_WORDS = {
	name: 'Name',
	nas: 'Synology NAS',
	operation: 'Operation',
	options: 'Options',
	list: 'Rows',
	list_array: 'One message with an array',
	list_rows: 'One message for each row',
	limit: 'Limit',
	limitAll: 'all rows',
	bot: 'Chat bot',
	sso: 'SSO application',
	file: 'File as',
	file_buffer: 'Buffer',
	file_stream: 'Stream',
	file_chunks: 'One message for each chunk',
	output: 'Output',
	parallel: 'At the same time',
	maxSize: 'At most (MB)',
	override: 'Override by',
	override_no: 'nothing: the form holds',
	override_params: 'msg.params',
	override_properties: 'any property of the message (as before)',
	inputPort: 'message',
	outputPort: 'answer',
};

export const TRIGGER_WORDS = {
	name: 'Name',
	nas: 'Synology NAS',
	trigger: 'Event',
	options: 'Options',
	interval: 'Every (seconds)',
	store: 'Place in',
	storeDefault: 'default store',
	wake: 'Wake up at once',
	resume: 'Catch up after a restart',
	event: 'event',
};

export const PUSH_WORDS = {
	name: 'Name',
	trigger: 'Event',
	registration: 'Registration',
	registration_automatic: 'Automatic',
	registration_manual: 'By hand',
	nas: 'Synology NAS',
	bot: 'Chat bot',
	address: 'Address of Node-RED',
	path: 'Path',
	answer: 'Answer',
	answer_now: 'At once',
	answer_flow: 'By the flow (HTTP response node)',
	reply: 'Text of the answer',
	calls: 'Chat calls __address__',
	options: 'Options',
	event: 'event',
	notPath: 'The path is missing',
	notAddress: 'Enter the address of Node-RED as the NAS reaches it, such as http://192.168.1.20:1880',
};

/** Words of the shared form fields, in every node type. */
export const FIELD_WORDS = {
	none: 'not set',
	text: 'text',
	pick: 'choose or enter',
	choice: 'choice',
	entries: 'list',
	loading: 'Loading …',
	noChoices: 'Nothing found.',
	recent: 'Recently used',
	unverified: 'unverified',
	unverifiedHint: UNVERIFIED,
	noForm: 'The form did not come: __text__',
	required: '"__field__" is required',
	notNumber: '"__field__" is not a number',
	notJson: '"__field__" is not valid JSON',
	notParallel: 'From 1 to 20 messages can be worked on at the same time',
	notLimit: 'The limit is not a whole number above 0',
	notInterval: 'The interval is not a number of at least 2 seconds',
};

/** All of them: they stand once, in the catalogue of the connection. */
export const WORDS = { ...FIELD_WORDS, ...ACTION_WORDS, ...TRIGGER_WORDS, ...PUSH_WORDS };

/** Status texts as the runtime sends them, with `#` for numbers and `*` for the name of a setting. */
export const STATUS_TEXTS = [
	'connecting',
	'connected',
	'busy',
	'busy, requests #',
	'running #',
	'running #, waiting #',
	'joining #',
	'sending # %',
	'working # %',
	'done',
	'got # row',
	'got # rows',
	'got # chunk',
	'got # chunks',
	'got a file',
	'first look',
	'first look, requests #',
	'watching',
	'new #, #:#',
	'list not whole',
	'registering',
	'listening',
	'refused calls #',
	'refused calls #+',
	'check *',
	'check the settings',
	'update the package',
	'no connection',
	'no bot',
	'no SSO application',
	'sign in again',
	'not reachable',
	'unexpected answer',
	'login refused',
	'session lost',
	'not permitted',
	'not available',
	'refused',
	'refused, code #',
	'cancelled',
	'failed',
];

export const CONNECTION_WORDS = {
	name: 'Name',
	options: 'Options',
	test: 'Test connection',
	testing: 'Logging in …',
	check: 'Check this NAS',
	checking: 'Trying everything that only reads: this takes up to two minutes …',
	checked:
		'The report was saved as a file. It holds no names, texts or other values of yours: send it to the maintainers of this package.',
	loggedIn: 'Logged in to __url__ as __account__.',
	signIn: 'Sign in with the browser',
	signInWaiting: 'Waiting for the sign-in page of DSM …',
	signInSilence:
		'DSM has not answered this page yet. If you have signed in already, this DSM does not answer the editor at its address: close the window, and use "npx @synoflow/n8n-nodes-synology sign-in" on your computer, or account and password.',
	signInBlocked: 'The browser blocked the window: allow popups for this page, and press again.',
	signInClosed: 'The window was closed before DSM answered.',
	signInGone: 'This sign-in was completed already, or took too long. Start again.',
	signedIn:
		'The text was filled in; account and password may stay empty. Close this form and the node, then deploy to keep it.',
	signInKept: 'Signed in to __url__ as __account__.',
	signInLost: 'Signed in to __url__ as __account__, but the NAS has let the session go: sign in again.',
	signOut: 'Sign out',
	signingOut: 'Signing out …',
	signedOut:
		'__account__ is signed out of __url__, and the text was removed. Close this form and the node, then deploy to forget it here, too.',
	signedOutBefore:
		'The NAS had ended the session of __account__ before, and the text was removed. Close this form and the node, then deploy to forget it here, too.',
	noDevice:
		'The code was right and is used up now, but the NAS gave no device ID for it: the next login will be refused.',
	noDeviceHint: 'Enter the OTP secret; a fresh code brings one more try.',
	deviceIssued: 'The NAS trusts this device now: its ID was filled in. Close with Done and deploy to keep it.',
	noConnection: 'Choose a connection first; one that is disabled gives no lists.',
	noAnswer: 'Node-RED did not answer: __text__',
	invalidUrl: 'Enter an address such as https://nas.example.com:5001, or a QuickConnect ID',
	notJson: '"__field__" is not valid JSON',
	notNumber: '"__field__" is not a number',
};

/** Words of an application of SSO Server beside those. */
export const APPLICATION_WORDS = {
	trial: 'Try a sign-in',
	trialNas: 'Try it with',
	trialAddress: 'For this button, add __address__ to the redirect addresses of the application in SSO Server.',
	trialWaiting: 'Waiting for the sign-in at the NAS …',
	trialClosed:
		'The window was closed before the NAS sent the browser back. Is __address__ among the redirect addresses of the application?',
	trialConnection: 'Deploy a Synology NAS connection first: the sign-in is tried with one.',
	trialRefused: 'SSO Server refused the sign-in: __error__.',
	trialWorks: 'It works: __account__ signed in (groups: __groups__).',
	trialClose: 'This window can be closed.',
};
