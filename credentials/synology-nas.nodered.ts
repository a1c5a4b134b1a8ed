import { registerConnection } from '../src/nodered/connection';
import { registerConnectionEvents } from '../src/nodered/connectionEvents';

export = (red: Parameters<typeof registerConnection>[0]): void => {
	registerConnection(red);
	registerConnectionEvents(red);
};
