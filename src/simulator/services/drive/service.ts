import type { SimulatedService } from '../../core/service';
import { driveBehaviours } from './index';
import { driveScenes } from './life';
import { driveRest } from './rest';
import { seedDrive } from './seed';

export const drive: SimulatedService = {
	id: 'drive',
	order: 3,
	package: {
		id: 'SynologyDrive',
		name: 'Synology Drive Server',
		version: '3.5.2-26110',
		apis: ['SYNO.SynologyDrive'],
	},
	application: { id: 'SYNO.SDS.Drive.Application', sessionName: 'SynologyDrive' },
	alias: 'drive',
	behaviours: driveBehaviours,
	seed: seedDrive,
	scenes: driveScenes,
	rest: driveRest,
};
