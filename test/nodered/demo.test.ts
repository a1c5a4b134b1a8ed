import { expect, test } from '@jest/globals';
import { demoFlows } from '../../src/build/demo-flows';
import type { Simulator } from '../../src/simulator';
import { identityScenes } from '../../src/simulator/services/identity/life';
import { systemScenes } from '../../src/simulator/services/system/life';
import { systemOf } from '../../src/simulator/services/system';
import { webdavScenes } from '../../src/simulator/services/webdav/life';
import { watched } from './examples';
import { type FlowNode, type NodeRed, until } from './runtime';
import { onStage } from './stage';

let simulator: Simulator;
let red: NodeRed;

onStage((stage) => void ({ red, simulator } = stage));

test('the alarm of the demo comes when a drive gets hot and goes when it has cooled down, told once each', async () => {
	await red.deploy(demoFlows(simulator) as FlowNode[]);
	await watched(red, 'demo-hot');
	const said = () =>
		red.statuses.filter(({ id, text }) => id === 'demo-hot-out' && text !== '').map(({ text }) => text);
	const { disks } = systemOf(simulator.nas);
	/** Plays the scenes of the demo until the second drive is as hot as that. */
	const scenes = systemScenes[Symbol.iterator]();
	const playUntil = async (temp: number): Promise<void> => {
		while (disks[1]!.temp !== temp) await scenes.next().value!(simulator.nas, 0);
	};
	await playUntil(61);
	await until(() => said().length === 1, 'the alarm');
	await playUntil(38);
	await until(() => said().length === 2, 'the end of the alarm');
	expect(said()).toEqual(['Drive 2: 61 °C, alarm', 'Drive 2: 38 °C, well again']);
});

test('the demo tells who failed to sign in and from where, and what was read over WebDAV', async () => {
	await red.deploy(demoFlows(simulator) as FlowNode[]);
	await watched(red, 'demo-sign-in');
	await watched(red, 'demo-webdav');
	for (const scene of [...identityScenes, ...webdavScenes]) await scene(simulator.nas, 3);
	const said = (id: string) => red.statuses.filter((one) => one.id === id && one.text !== '').map(({ text }) => text);
	await until(() => said('demo-sign-in-out').length > 0 && said('demo-webdav-out').length > 0, 'what happened');
	expect(said('demo-sign-in-out')).toEqual(['admin from 198.51.100.4']);
	expect(said('demo-webdav-out')).toEqual(['bob: read /docs/report-3.pdf']);
});
