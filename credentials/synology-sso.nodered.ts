import { registerApplication } from '../src/nodered/application';
import { noderedHost } from '../src/nodered/connection';
import type { Red } from '../src/nodered/red';
import { registerTrial } from '../src/nodered/trial';

export = (red: Red): void => {
	registerApplication(red);
	registerTrial(red, noderedHost(red));
};
