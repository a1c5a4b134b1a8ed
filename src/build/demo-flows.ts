/** A NAS and an account that the flows use. */
export interface DemoNas {
	url: string;
	account: string;
	password: string;
}

const TAB = 'synoflow-demo';
const NAS = 'synoflow-demo-nas';

const node = (id: string, type: string, name: string, x: number, y: number, wires: string[][], rest: object = {}) => ({
	id,
	type,
	z: TAB,
	name,
	x,
	y,
	wires,
	...rest,
});

/** Nodes are placed by their middle: the longer the text, the further to the right. */
const note = (id: string, name: string, y: number) =>
	node(id, 'comment', name, 120 + 4 * name.length, y, [], { info: '' });

const debug = (id: string, name: string, y: number, rest: object = {}) =>
	node(id, 'debug', name, 760, y, [], {
		active: true,
		tosidebar: true,
		console: false,
		tostatus: false,
		complete: 'payload',
		targetType: 'msg',
		...rest,
	});

/** Says so below the node, too. */
const below = (statusVal: string) => ({ tostatus: true, statusType: 'jsonata', statusVal });

const trigger = (id: string, event: string, name: string, y: number, wires: string[][], params: object) =>
	node(id, `synology-${event.split('.')[0]}-trigger`, name, 200, y, wires, {
		version: 1,
		nas: NAS,
		trigger: event.split('.')[1],
		params,
		interval: '2',
		store: '',
		resume: true,
	});

const action = (id: string, type: string, name: string, x: number, y: number, wires: string[][], rest: object) =>
	node(id, type, name, x, y, wires, {
		version: 2,
		nas: NAS,
		override: 'no',
		limit: '',
		list: 'array',
		file: 'buffer',
		maxSize: '100',
		...rest,
	});

/** Answers where the mention stands: in its thread, or in a new one below it. */
const thread = '$number(payload.thread_id) > 0 ? payload.thread_id : payload.post_id';

const text = (value: string) => ({ type: 'str', value });
const expression = (value: string) => ({ type: 'jsonata', value });
const CHANNEL = { type: 'pick', value: '1', label: 'General' };

/**
 * Flows of the demo: every new message of Chat is shown, mentions are answered, a file in a folder of Drive is told and noted, a
 * meeting is announced, failed sign-ins and transfers over WebDAV are told, and a raw call asks the NAS who it is. They run by themselves, since people on the simulated NAS are busy.
 */
export const demoFlows = ({ url, account, password }: DemoNas): object[] => [
	{
		id: TAB,
		type: 'tab',
		label: 'Synology demo',
		disabled: false,
		info: 'Messages arrive by themselves; open the debug sidebar.',
	},
	{ id: NAS, type: 'synology-nas', name: 'Simulated NAS', url, tls: 'verify', credentials: { account, password } },
	note('demo-note-1', 'Every new message', 60),
	trigger('demo-new', 'chat.messageReceived', 'New message', 100, [['demo-new-out']], {}),
	debug('demo-new-out', 'New message', 100),
	note('demo-note-2', 'Somebody mentions you: answer in the thread', 180),
	trigger('demo-mention', 'chat.accountMentioned', 'Mention', 220, [['demo-answer']], {}),
	action('demo-answer', 'synology-chat', 'Answer', 460, 220, [['demo-answer-out']], {
		resource: 'message',
		operation: 'reply',
		params: {
			thread_id: expression(thread),
			message: expression('"On my way, " & payload.creator_name & "."'),
		},
	}),
	debug('demo-answer-out', 'Answer sent', 220),
	note('demo-note-4', 'A file lands in a folder of Drive: tell a channel and write a note', 420),
	trigger('demo-file', 'drive.fileCreated', 'New file', 460, [['demo-tell', 'demo-write']], {
		folder: text('/mydrive/inbox'),
	}),
	action('demo-tell', 'synology-chat', 'Tell the channel', 460, 460, [['demo-file-out']], {
		resource: 'message',
		operation: 'send',
		params: { channel_id: CHANNEL, message: expression('"New in Drive: " & payload.name') },
	}),
	action('demo-write', 'synology-note', 'Write a note', 460, 520, [['demo-file-out']], {
		resource: 'note',
		operation: 'create',
		params: {
			title: expression('payload.name'),
			content: expression('"# " & payload.name & "\n\n- [ ] check\n- [ ] pay"'),
		},
	}),
	debug('demo-file-out', 'Told and noted', 460),
	note('demo-note-5', 'A meeting begins within two minutes: say so in the channel', 600),
	trigger('demo-meeting', 'calendar.eventStarting', 'Event starting', 640, [['demo-remind']], {
		minutes: { type: 'num', value: '2' },
	}),
	action('demo-remind', 'synology-chat', 'Remind', 460, 640, [['demo-remind-out']], {
		resource: 'message',
		operation: 'send',
		params: { channel_id: CHANNEL, message: expression('"Soon: " & payload.summary') },
	}),
	debug('demo-remind-out', 'Reminder sent', 640),
	note('demo-note-6', 'A drive gets hot and cools down again: the alarm comes and goes', 700),
	trigger('demo-hot', 'system.diskTemperatureHigh', 'Drive hot', 740, [['demo-hot-out']], {
		threshold: { type: 'num', value: '55' },
		recovered: { type: 'bool', value: 'true' },
	}),
	debug(
		'demo-hot-out',
		'Alarm',
		740,
		below('payload.name & ": " & payload.value & " °C, " & (payload.state = "exceeded" ? "alarm" : "well again")'),
	),
	note('demo-note-3', 'Any call of the DSM Web API', 300),
	node('demo-start', 'inject', 'At start', 180, 340, [['demo-call']], {
		props: [],
		once: true,
		onceDelay: 1,
		repeat: '',
		crontab: '',
	}),
	action('demo-call', 'synology-api', 'DSM version', 460, 340, [['demo-call-out']], {
		resource: 'call',
		operation: 'run',
		params: {
			api: { type: 'str', value: 'SYNO.DSM.Info' },
			method: { type: 'str', value: 'getinfo' },
			version: { type: 'num', value: '2' },
		},
	}),
	debug('demo-call-out', 'DSM version', 340),
	note('demo-note-8', 'The kitchen plays another song', 800),
	trigger('demo-song', 'audio.songStarted', 'Now playing', 840, [['demo-song-out']], {
		player_id: { type: 'pick', value: '0006785AC8AE', label: 'Kitchen' },
	}),
	debug('demo-song-out', 'Now playing', 840),
	note('demo-note-9', 'A download is complete', 920),
	trigger('demo-download', 'download.taskFinished', 'Download finished', 960, [['demo-download-out']], {}),
	debug('demo-download-out', 'Downloaded', 960),
	note('demo-note-10', 'Somebody fails to sign in: say from where', 1040),
	trigger('demo-sign-in', 'identity.signInFailed', 'Sign-in failed', 1080, [['demo-sign-in-out']], {}),
	debug('demo-sign-in-out', 'Failed', 1080, below('payload.user & " from " & payload.address')),
	note('demo-note-11', 'Somebody reads or writes a file over WebDAV', 1160),
	trigger('demo-webdav', 'webdav.fileTransferred', 'File transferred', 1200, [['demo-webdav-out']], {}),
	debug('demo-webdav-out', 'Transferred', 1200, below('payload.username & ": " & payload.cmd & " " & payload.descr')),
];
