import type { Scene } from '../../core/life';
import { drive } from './seed';
import { systemOf, type SystemState } from './state';

type SystemScene = (system: SystemState, round: number) => void;

/** Alarms come and go, so that both can be seen. */
const scenes: SystemScene[] = [
	(system) => system.heat('sata2', 61),
	(system, round) => void system.ring('Message', { '%TEXT%': `Drive 2 is hot (${round + 1})` }, 'WARN'),
	(system) => system.heat('sata2', 38),
	(system) => system.powerCut(),
	(system) => system.powerBack(),
	(system, round) => void system.endBackup(3, round % 3 === 2 ? 'fail' : 'done'),
	(system) => system.fill('volume_1', 93),
	(system) => system.fill('volume_1', 30),
	(system) => system.stopContainer('database', 137),
	(system) => system.startContainer('database'),
	(system) => {
		if (system.drives.length === 0) system.drives.push(drive(1));
		else system.drives.length = 0;
	},
	(system, round) => {
		const ip = `198.51.100.${(round % 200) + 1}`;
		const descr = `User [admin] from [${ip}] failed to sign in to [DSM] via [password] due to authorization failure.`;
		system.logAs('admin', descr, { kind: 'connection', level: 'warn' });
		// A demo may run for weeks.
		system.log.splice(500);
		system.bell.splice(100);
		for (const one of system.backups) one.versions.splice(20);
	},
];

/** A drive gets hot and cools down, the mains fail and come back, backups end, a volume fills, a container stops. */
export const systemScenes: Scene[] = [
	(nas) => nas.installAll(),
	...scenes.map<Scene>((scene) => (nas, round) => scene(systemOf(nas), round)),
];
