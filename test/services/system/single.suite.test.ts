import { describe } from '@jest/globals';
import { clockOf } from '../../support/follow';
import type { Scene, SceneOptions } from '../../support/nas';
import { tellsEachOnce } from '../../support/trigger-suite';
import { withPackages } from './many';
import { stage, triggers } from './stage';

/** There is one of these only: it rises above a limit, and falls again before it can do so once more. */
const limit = <T extends 'temperatureHigh' | 'cpuHigh' | 'memoryHigh' | 'loadHigh' | 'networkHigh'>(
	name: T,
	set: (scene: Scene, value: number) => unknown,
	limits: { quiet: number; high: number },
	options: SceneOptions = {},
) =>
	tellsEachOnce({
		options,
		trigger: triggers[name] as (typeof triggers)['cpuHigh'],
		given: { minutes: 0 },
		before: (scene) => set(scene, limits.quiet),
		happen: (scene, n) => (set(scene, limits.high + n), String(limits.high + n)),
		reset: (scene) => set(scene, limits.quiet),
		nameOf: ({ value }) => String(value),
	});
const load =
	(name: 'cpu' | 'memory' | 'one' | 'rx') =>
	(scene: Scene, value: number): void =>
		void Object.assign(stage(scene).load, { [name]: value, ...(name === 'rx' && { tx: 0 }) });
const temperature = (scene: Scene, value: number): void => void (scene.simulator.nas.temperature = value);

describe('a limit of the NAS', () => {
	limit('cpuHigh', load('cpu'), { quiet: 10, high: 91 });
	limit('memoryHigh', load('memory'), { quiet: 20, high: 91 });
	limit('loadHigh', load('one'), { quiet: 1, high: 20 });
	limit('networkHigh', load('rx'), { quiet: 1000, high: 120_000_000 });
});

/** Nothing has to be undone: each change is another. */
const stays = () => undefined;

const homeMode = {
	trigger: triggers.homeModeChanged,
	given: {},
	happen: (scene: Scene) => String((stage(scene).homeMode = !stage(scene).homeMode)),
	reset: stays,
	nameOf: ({ on }: { on: boolean }) => String(on),
};

describe('a state of the NAS', () => {
	tellsEachOnce({
		trigger: triggers.healthChanged,
		given: {},
		happen: (scene) => {
			const isFine = stage(scene).pools[0]!.status === 'normal';
			stage(scene).degrade('reuse_1', isFine ? 'degraded' : 'normal');
			return isFine ? 'storage_is_attention' : 'system_is_normal';
		},
		reset: stays,
		nameOf: ({ rule_id = 'system_is_normal' }) => rule_id,
	});
	tellsEachOnce({
		trigger: triggers.upsOnBattery,
		given: {},
		happen: (scene) => (stage(scene).powerCut(), 'on_battery'),
		reset: (scene) => stage(scene).powerBack(),
		nameOf: ({ status }) => status,
	});
	tellsEachOnce({
		trigger: triggers.upsBatteryLow,
		given: {},
		happen: (scene) => (stage(scene).batteryLow(), 'low_battery'),
		reset: (scene) => stage(scene).powerBack(),
		nameOf: ({ status }) => status,
	});
	tellsEachOnce({
		trigger: triggers.upsPowerBack,
		given: {},
		before: (scene) => stage(scene).powerCut(),
		happen: (scene) => (stage(scene).powerBack(), 'online'),
		reset: (scene) => stage(scene).powerCut(),
		nameOf: ({ status }) => status,
	});
	tellsEachOnce({
		trigger: triggers.dsmUpdateAvailable,
		given: {},
		happen: (scene, n) => {
			const version = `DSM 7.3.2-86009 Update ${n + 5}`;
			stage(scene).offers.set('dsm', version);
			return version;
		},
		reset: stays,
		nameOf: ({ version = '' }) => version,
	});
	tellsEachOnce({ ...homeMode, options: { dsm: '7.2.2' } });
});

/** What every account may watch (system.md 0.4). */
describe.each(['admin', 'user'] as const)('as %s', (account) => {
	const options = { account };
	limit('temperatureHigh', temperature, { quiet: 40, high: 61 }, options);
	tellsEachOnce({
		trigger: triggers.rebooted,
		options,
		given: {},
		before: ({ simulator: { nas } }) => (nas.bootedAt -= 86_400_000),
		isRestart: true,
		goesByClock: true,
		happen: ({ simulator: { nas } }) => {
			nas.bootedAt = nas.clock.now();
			return new Date(nas.bootedAt).toISOString().slice(0, 16);
		},
		// Times come in whole seconds.
		reset: (scene) => clockOf(scene).advance(60_000),
		nameOf: ({ started }) => started.slice(0, 16),
	});
	tellsEachOnce({
		trigger: triggers.addressChanged,
		options,
		given: {},
		happen: ({ simulator: { nas } }, n) => (nas.capabilities.externalIp = `203.0.113.${n + 1}`),
		reset: stays,
		nameOf: ({ external_ip }) => external_ip,
	});
	tellsEachOnce({
		trigger: triggers.packageStopped,
		options,
		given: {},
		before: withPackages,
		happen: (scene, n) => (stage(scene).setPackage(`Pack${n + 1}`, { status: 'stop' }), `Pack${n + 1}`),
		nameOf: ({ id }) => id,
		noise: (scene) => stage(scene).setPackage('Pack14', { version: '2.0.0-0001' }),
	});
	tellsEachOnce({
		trigger: triggers.packageUpdated,
		options,
		given: {},
		before: withPackages,
		happen: (scene, n) => (stage(scene).setPackage(`Pack${n + 1}`, { version: '2.0.0-0001' }), `Pack${n + 1}`),
		nameOf: ({ id }) => id,
		noise: (scene) => stage(scene).setPackage('Pack14', { status: 'stop' }),
	});
	tellsEachOnce({
		trigger: triggers.notificationReceived,
		options,
		given: {},
		many: 120,
		happen: (scene, n) => (stage(scene).ring('Message', { '%TEXT%': `Message ${n}` }), `Message ${n}`),
		nameOf: ({ text }) => text,
	});
});

describe('as a user to whom Surveillance Station was opened', () => {
	tellsEachOnce({
		...homeMode,
		options: { dsm: '7.2.2', account: 'user' },
		before: ({ simulator }) => simulator.nas.user('bob').delegated.add('SYNO.SurveillanceStation.HomeMode'),
	});
});
