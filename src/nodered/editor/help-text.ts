/** One line of a list of message properties. */
export interface Property {
	name: string;
	type: string;
	text: string;
	optional?: boolean;
	/** Only where a node has such operations. */
	when?: 'file' | 'list';
}

export const ACTION_INPUTS: Property[] = [
	{
		name: 'params',
		type: 'object',
		optional: true,
		text: 'Parameters by name (see the list of operations) that beat the form, where the node allows it under "Override by". Secrets are taken from the form alone.',
	},
];

export const FILE_INPUTS: Property[] = [
	{
		name: 'payload',
		type: 'buffer | object | stream',
		optional: true,
		text: 'The file to send, where the form says so: a Buffer, an object with content, filename and mimetype, or a stream, whose length in bytes is in msg.size. Chunks with msg.parts, as "read file" sends them, are put together first; msg.complete ends them where no count does.',
	},
	{
		name: 'filename',
		type: 'string',
		optional: true,
		text: 'Name of the file to send; of a path the last part is used.',
	},
	{ name: 'mimetype', type: 'string', optional: true, text: 'MIME type of the file to send.' },
];

export const ACTION_OUTPUTS: Property[] = [
	{
		name: 'payload',
		type: 'object | array | buffer | stream',
		text: 'The answer: an object, the rows of a list, or a file. It goes to another property, or to flow or global context, where "Output" says so.',
	},
	{
		name: 'parts',
		type: 'object',
		text: 'Set when each row or each chunk of a file is a message of its own, so that a Join node can put them together again.',
		when: 'list',
	},
	{
		name: 'synology',
		type: 'object',
		text: 'What is known of the run: operation, duration in milliseconds, and requests, the number of its requests to the NAS.',
	},
	{ name: 'filename', type: 'string', text: 'Name of the received file.', when: 'file' },
	{ name: 'mimetype', type: 'string', text: 'MIME type of the received file.', when: 'file' },
	{ name: 'size', type: 'number', text: 'Size of the received file in bytes.', when: 'file' },
];

export const ACTION_DETAILS: string[] = [
	'What the form says holds, whatever else the message carries. Every value can be typed in, taken from the message, a context or an environment variable, or computed by an expression. Fields that are left empty are left out. Where the form offers a list, type in the field to search it, or enter an ID.',
	'Messages are worked on one after the other, so that answers leave in the order in which messages came; where "At the same time" allows more, up to 20, they leave as they come. A message whose operation is refused goes to the Catch nodes: msg.error.code holds the kind (input, connection, protocol, login, session, permission, unavailable, api), msg.error.cause the hint, the DSM code and the call.',
	'A file that is given as a stream can be read once, by one node that uploads or by a function: connect the output to one node only. Core nodes take a Buffer, or chunks, which they write one after the other.',
	'"Unverified" means that no reliable source confirms the call yet; it may fail on your NAS.',
];

/** `__service__` stands for the name of the service. */
export const TRIGGER_PURPOSE = 'Starts a flow when something happens in Synology __service__.';
export const PUSH_PURPOSE = 'Starts a flow at once when Synology __service__ calls.';

export const TRIGGER_OUTPUTS: Property[] = [
	{ name: 'payload', type: 'object', text: 'The event.' },
	{ name: 'topic', type: 'string', text: 'Name of the event, such as chat.messageReceived.' },
	{
		name: 'file',
		type: 'buffer | stream',
		optional: true,
		when: 'file',
		text: 'The file of the event, where it is asked for: a Buffer, or a stream when it is large.',
	},
	{
		name: 'filename',
		type: 'string',
		optional: true,
		when: 'file',
		text: 'Name of that file; msg.mimetype and msg.size say what else is known.',
	},
	{
		name: 'file_error',
		type: 'string',
		optional: true,
		when: 'file',
		text: 'Why the file is missing: the NAS did not give it in three attempts, and the event leaves without it.',
	},
];

export const TRIGGER_DETAILS: string[] = [
	'"Additional events" are watched by the same node, each with a place of its own; msg.topic says which event a message is about. They take the values of the form that they have parameters for, and defaults for all others.',
	'The NAS is asked in the chosen interval (10 seconds unless changed, 2 at least). Events leave in order, one message each. The first start begins at "now": what was there before is not reported.',
	'The place, how far the node has come, is kept in context storage, in the chosen store. With a store in memory a restart of Node-RED begins at "now" again; with a store on disk the node catches up with what happened in between, if that is wanted. When another NAS, account or event is chosen, or something else is watched, the node begins at "now" and says so; what only filters events may change. The place is removed with the node.',
	'When the NAS does not answer, all nodes of the connection pause together, a minute at most, and the first that succeeds wakes the others; for a fault of this node alone the pause doubles up to half an hour. The first failure goes to the Catch nodes and the log. After a refused login the node stops, since more attempts would block the account: correct the connection, or the account on the NAS and press "Test connection", then deploy or restart the flows.',
];

/** Only where events can be hinted at. */
export const WAKE_DETAILS =
	'With "Wake up at once", all nodes of a connection share one realtime connection to the NAS. When it hints that something happened, the NAS is asked within a second; while it stands, the interval is 30 seconds, or the chosen one if that is longer. It only wakes: events come from asking, so none is lost or repeated when it breaks off. Where it cannot be opened (QuickConnect relay, a proxy without WebSocket), the chosen interval stays. It is off unless chosen, since Synology does not document it. Poll triggers of n8n cannot be woken.';

export const PUSH_OUTPUTS: Property[] = [
	{ name: 'payload', type: 'object', text: 'The event: kind (message, command or press), text, who and where.' },
	{ name: 'topic', type: 'string', text: 'Name of the event, such as chat.slashCommandReceived.' },
	{
		name: 'res',
		type: 'object',
		optional: true,
		text: 'What an HTTP response node answers to, when the flow gives the answer.',
	},
];

export const PUSH_DETAILS: string[] = [
	'Chat calls this node at once, so nothing is polled. The address is that of Node-RED as the NAS reaches it, with the path of HTTP nodes (httpNodeRoot) if there is one; the path is your choice, and no other node may have it.',
	'With automatic registration the node makes the bot, webhook or command in Chat when it is deployed, keeps it over deploys and restarts, repairs it when it was removed in Chat, and deletes it when the node is deleted. The account needs the right to make integrations, and may have five bots at most. By hand: enter address and path in Chat yourself, and the token that Chat shows in the chosen bot connection.',
	'Each call is checked for the token. A call with a wrong one is refused with 403, a call that was made before with 409; refusals are counted in the status and told in the log once. Slash commands bear neither an ID nor a time, so a repeated one cannot be told from one that was typed twice.',
	'Answer at once posts the text, or nothing. When the flow gives the answer, end it with an HTTP response node whose msg.payload is an object such as {"text": "Done"}, within 30 seconds: people see a busy sign until then. The answer to a pressed button takes the place of the message.',
	'Messages that were written by programs, replies in threads and edits are not told by Chat.',
];

export const BOT_PURPOSE = 'A bot or webhook of Synology Chat with its token, shared by all nodes that use it.';

export const BOT_DETAILS: string[] = [
	'Enter the address of the NAS and the token, or paste the whole URL that Chat shows for the bot or incoming webhook in one of the two fields. The token is kept in the credentials file, not in the flow.',
	'"Test connection" tries the token without a message to anybody. Tokens of outgoing webhooks and slash commands only prove the calls that Chat makes: they cannot be tested.',
	'Messages of one bot leave one after the other, since Chat refuses those that follow each other too fast; a burst arrives complete and in order.',
];

export const CONNECTION_PURPOSE = 'Connection to a Synology NAS with DSM 7, shared by all nodes that use it.';

export const CONNECTION_DETAILS: string[] = [
	'All nodes with the same settings share one session, which is ended when the last of them closes. Use an account of its own with only the rights that the flows need.',
	'Password, secrets, device ID and extra headers are kept in the credentials file, not in the flow.',
	'Two-factor authentication: either enter the OTP secret, from which codes are made when needed, or enter the six digits shown now as one-time code and press "Test connection" at once. The NAS then issues a device ID, which is filled in under Options and saved with the next deploy; from then on no code is asked for.',
	'"Test connection" really logs in with the values of the form, and logs out again. Lists in other forms come before the first deploy, too: with what stands in the editor.',
	'"Sign in with the browser" opens the sign-in page of DSM and puts the text of the sign-in into the form, for accounts with a passkey or two-factor authentication. The form then shows who is signed in and where. "Sign out" ends that session on the NAS for every flow that uses it, and removes the text.',
	'Certificate check: "Verify" wants a certificate that this computer trusts. For a self-signed certificate give the certificate itself, or pin its SHA-256 fingerprint. "Ignore" lets anybody in between read the password.',
];

export const CONNECTION_EVENTS_PURPOSE =
	'Starts a flow when a connection to a NAS is made, lost, or works again, or when somebody has to sign in again.';

export const CONNECTION_EVENTS_OUTPUTS: Property[] = [
	{
		name: 'payload',
		type: 'object',
		text: 'What happened: event (connected, lost, recovered or signInAgain), connection, url and time; cause says why it was lost, with message, code and hint.',
	},
	{ name: 'topic', type: 'string', text: 'Name of the event, such as connection.lost.' },
];

export const CONNECTION_EVENTS_DETAILS: string[] = [
	'What any node of the connection finds is told at once, one message for each change. This node asks, too, in its interval, whether the NAS still answers (a minute unless changed, 2 seconds at least). After a start the first message says connected or lost.',
	'While the NAS does not answer, all nodes of the connection wait together, a minute at most, and the first that succeeds wakes the others. After a refused login this node stops asking, since more attempts would block the account, and the failure goes to the Catch nodes as well.',
];

export const APPLICATION_PURPOSE =
	'An application of SSO Server: people sign in to a flow with their account of the NAS (OpenID Connect).';

export const APPLICATION_DETAILS: string[] = [
	'Add an application in SSO Server with the redirect address, which must be https and the same letter for letter, and copy its ID and secret here. The secret is kept in the credentials file, not in the flow.',
	'Two nodes of Synology Identity make a sign-in: "Build a sign-in address", to which the flow sends the browser (HTTP response with status 302), and "Answer a sign-in" behind the HTTP In node of the redirect address, with msg.req.query.code and msg.req.query.state. State, nonce and PKCE verifier are kept here meanwhile, for a quarter of an hour and until the next deploy; each sign-in is answered once.',
	'"Try a sign-in" opens the sign-in page of SSO Server and says who signed in, or what is not in order, before any flow is built. Its own redirect address is shown there; it has to be among those of the application. Nothing of it is kept.',
	'PKCE is used where the NAS offers it. Some versions of SSO Server fail with it: then the error says so, and sign-ins go on without.',
	'State tells which sign-in is answered, not whose browser answers: set it as a cookie with the address, and compare both, as the example flow does.',
];
