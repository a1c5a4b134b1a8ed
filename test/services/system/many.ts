import { backup, container, disk, volume } from '../../../src/simulator/services/system/seed';
import type { Scene } from '../../support/nas';
import { stage } from './stage';

/** Enough things that each event can be about one of its own. */
export const numbers = Array.from({ length: 14 }, (_, n) => n + 1);
export const disks = (scene: Scene) => stage(scene).disks.splice(0, Infinity, ...numbers.map((n) => disk(n)));
export const volumes = (scene: Scene) => stage(scene).volumes.splice(0, Infinity, ...numbers.map((n) => volume(n)));
export const pools = (scene: Scene) => {
	const [one] = stage(scene).pools;
	stage(scene).pools.splice(0, Infinity, ...numbers.map((n) => ({ ...one!, id: `reuse_${n}` })));
};
export const containers = (scene: Scene) =>
	stage(scene).containers.splice(0, Infinity, ...numbers.map((n) => container(stage(scene).now, `c${n}`)));
export const withPackages = (scene: Scene) =>
	numbers.forEach((n) => {
		const id = `Pack${n}`;
		const installed = { id, name: id, version: '1.0.0-0001', status: 'running' as const, timestamp: 0 };
		scene.simulator.nas.packages.set(id, installed);
	});
export const backups = (scene: Scene) =>
	stage(scene).backups.splice(0, Infinity, ...numbers.map((n) => backup(stage(scene).now, n, `Backup ${n}`)));
