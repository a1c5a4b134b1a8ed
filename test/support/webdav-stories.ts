import type { WebdavState } from '../../src/simulator/services/webdav';
import { systemOf } from '../../src/simulator/services/system';

/** One event of the WebDAV server, as a host's user would see it. */
export interface WebdavStory {
	event: string;
	/** Before the trigger starts. */
	before?: (webdav: WebdavState) => unknown;
	/** Happens, and tells nothing, before. */
	first?: (webdav: WebdavState) => unknown;
	/** Makes it happen. */
	happen: (webdav: WebdavState) => unknown;
	/** What the event says. */
	tells: Record<string, unknown>;
	/** An ordinary account is told of it, too. */
	everybody?: true;
}

const turn = (status: 'running' | 'stop') => (webdav: WebdavState) =>
	systemOf(webdav.nas).setPackage('WebDAVServer', { status });

export const webdavStories: readonly WebdavStory[] = [
	{
		event: 'serverStopped',
		happen: turn('stop'),
		tells: { id: 'WebDAVServer', status: 'stop', previous_state: 'running' },
		everybody: true,
	},
	{
		event: 'serverStarted',
		before: turn('stop'),
		happen: turn('running'),
		tells: { id: 'WebDAVServer', status: 'running', previous_state: 'stop' },
		everybody: true,
	},
	{
		event: 'settingsChanged',
		happen: (webdav) => (webdav.values.http_port = 5015),
		tells: { setting: 'http_port', value: '5015', previous_value: '5005', enable_https: true },
	},
	{
		event: 'connectionOpened',
		happen: (webdav) => webdav.connect('bob', '192.0.2.30'),
		tells: { who: 'bob', from: '192.0.2.30', type: 'WebDAV' },
	},
	{
		event: 'connectionClosed',
		before: (webdav) => webdav.connect('bob', '192.0.2.30'),
		// What is missing once may have come short: the second look tells.
		first: (webdav) => webdav.nas.connections.splice(0),
		happen: () => undefined,
		tells: { who: 'bob', from: '192.0.2.30', descr: 'docs' },
	},
	{
		event: 'fileTransferred',
		happen(webdav) {
			webdav.transfer('bob', 'write', '/docs/may.pdf');
			systemOf(webdav.nas).transferAs('bob', 'write', '/docs/not-by-webdav.pdf');
		},
		tells: { username: 'bob', cmd: 'write', descr: '/docs/may.pdf' },
	},
];
