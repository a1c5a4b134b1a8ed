import * as connection from './connection';
import * as server from './server';
import { fileTransferred } from './transfer';

/** In the order in which editors list them. */
export const triggers = {
	serverStopped: server.serverStopped,
	serverStarted: server.serverStarted,
	settingsChanged: server.settingsChanged,
	connectionOpened: connection.connectionOpened,
	connectionClosed: connection.connectionClosed,
	fileTransferred,
};
