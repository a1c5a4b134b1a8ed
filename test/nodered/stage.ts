import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator';
import {
	catcher,
	functionGlobalContext,
	makeUserDir,
	nas,
	NodeRed,
	received,
	sink,
	tab,
	type FlowNode,
} from './runtime';

/** What a test has at hand. */
export interface Stage {
	red: NodeRed;
	simulator: Simulator;
}

/** One Node-RED for all tests of a file and a new NAS for each of them, which `take` gets; gives the way to deploy nodes on them. */
export function onStage(take: (stage: Stage) => void, options: () => SimulatorOptions = () => ({})) {
	let red: NodeRed;
	let simulator: Simulator;

	beforeAll(async () => {
		red = await new NodeRed(makeUserDir(), { functionGlobalContext }).start();
	});

	afterAll(async () => {
		await red.stop();
		red.remove();
	});

	beforeEach(async () => {
		simulator = await startSimulator(options());
		for (const id of ['out', 'caught']) received(id).length = 0;
		red.statuses.length = 0;
		take({ red, simulator });
	});

	afterEach(async () => {
		await red.deploy([tab]);
		await simulator.close();
	});

	/** Nodes with a connection to the NAS, and what collects messages and errors. */
	return async (...nodes: FlowNode[]): Promise<unknown> =>
		await red.deploy([tab, nas(simulator), ...nodes, catcher, sink('caught'), sink('out')]);
}
