import type { Call } from '../../src/core/call';
import { isDsmError } from '../../src/core/errors';
import { callsOf, idOf, type AnyOperation, type AnyTrigger } from '../../src/catalog/operation';
import type { FileAnswer } from '../../src/core/call';
import { sampleParams } from '../../src/build/samples';
import { stageBots } from '../../src/build/samples/bots';
import { Poller, type Place } from '../../src/host/poll';
import { clockOf, plenty } from './follow';
import { withNas, type Scene } from './nas';

/** What a success may hold in place of what was to come; `undefined`: `{"success":true}` alone. */
export const MALFORMED: readonly unknown[] = [
	undefined,
	null,
	{},
	[],
	[{}],
	'done',
	7,
	false,
	{ total: 'many', offset: null, list: null },
];

/** How one run ended whose answers of one call were malformed. */
export interface Told {
	item: string;
	call: string;
	form: string;
	/** `raw`: an error of the language, which nobody can act on. */
	is: 'done' | 'refused' | 'unknown' | 'raw' | 'input';
	message: string;
	wrote?: boolean;
	code?: boolean;
}

const nameOf = ({ api, method }: Call): string => `${api}.${method}`;

const ended = (error: unknown): Pick<Told, 'is' | 'message' | 'code'> => {
	const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
	if (!isDsmError(error)) return { is: 'raw', message: `${message} ${(error as Error).stack}` };
	return { is: error.code === 'input' ? 'input' : error.details.outcomeUnknown ? 'unknown' : 'refused', message, code: error.dsmCode !== undefined };
};

async function settled(run: () => Promise<unknown>): Promise<Pick<Told, 'is' | 'message' | 'code'>> {
	try {
		const value = await run();
		(value as Partial<FileAnswer> | undefined)?.stream?.resume();
		return { is: 'done', message: JSON.stringify(value) };
	} catch (error) {
		return ended(error);
	}
}

/** Plays each malformed success at each call of a declaration, and at all of them, and says how each run ended. */
async function withLies(
	calls: readonly Call[],
	item: string,
	run: (scene: Scene, restart: (lie: () => void) => void) => Promise<unknown>,
): Promise<Told[]> {
	const names = [...new Set(calls.map(nameOf))].filter((name) => !name.startsWith('SYNO.API.'));
	const told: Told[] = [];
	for (const liars of [...names.map((name) => [name]), ...(names.length > 1 ? [names] : [])])
		await withNas({ pool: { strictResults: false } }, async (scene) => {
			scene.simulator.nas.installAll();
			let lie: { data: unknown } | undefined;
			let heard = 0;
			const answer = () => {
				if (lie) heard++;
				return lie;
			};
			scene.simulator.use(Object.fromEntries(liars.map((name) => [name, answer])));
			let wrote = false;
			const note = () => void (wrote ||= lie !== undefined);
			scene.simulator.use(Object.fromEntries(calls.filter(({ readOnly }) => !readOnly).map((call) => [nameOf(call), note])));
			for (const form of MALFORMED) {
				lie = undefined;
				heard = 0;
				wrote = false;
				const end = await settled(async () => await run(scene, () => void (lie = { data: form })));
				const call = liars.length > 1 ? 'all' : liars[0]!;
				if (heard > 0) told.push({ item, call, form: JSON.stringify(form) ?? 'nothing', wrote, ...end });
			}
		});
	return told;
}

export async function operationWithLies(operation: AnyOperation): Promise<Told[]> {
	const id = idOf(operation);
	return await withLies(callsOf(operation), id, async (scene, lie) => {
		const { simulator, pool } = scene;
		const tokens = stageBots(simulator.nas);
		const token = callsOf(operation).some(({ method }) => method === 'incoming') ? tokens.webhook : tokens.bot;
		const dsm = operation.token ? pool.acquire({ url: simulator.url, token }).dsm : scene.dsm;
		lie(() => undefined);
		return await dsm.do(operation, sampleParams(id, operation.params));
	});
}

export async function triggerWithLies(trigger: AnyTrigger): Promise<Told[]> {
	const id = idOf(trigger);
	return await withLies(trigger.uses, id, async (scene, lie) => {
		let place: Place | undefined;
		const store = {
			load: async () => await Promise.resolve(place),
			save: async (next: Place | undefined) => {
				place = next;
				await Promise.resolve();
			},
		};
		const params: unknown = trigger.params.parse(sampleParams(id, trigger.params));
		const poller = new Poller({ trigger, params: params as never, dsm: scene.dsm, of: 'test', store, log: () => undefined });
		await poller.start();
		clockOf(scene).advance(60_000);
		lie(() => undefined);
		await poller.poll(() => undefined, plenty);
		return undefined;
	});
}
