import { describe, expect, test } from '@jest/globals';
import { sampleParams } from '../../src/build/samples';
import { answerWith, Relay } from '../../src/build/reliability/relay';
import { stageBots } from '../../src/build/samples/bots';
import type { Call, FileAnswer } from '../../src/core/call';
import { isDsmError } from '../../src/core/errors';
import { callsOf, idOf, type AnyOperation, type AnyTrigger, type Service } from '../../src/catalog/operation';
import { Poller, type Place } from '../../src/host/poll';
import { operationsOf, triggersOf } from '../../src/services';
import type { BehaviourTable } from '../../src/simulator';
import { clockOf, plenty } from './follow';
import { withNas, type Scene } from './nas';

/** What a success may hold in place of what was to come; undefined: `{"success":true}` alone. */
const FORMS: readonly unknown[] = [
	undefined,
	null,
	{},
	[{}],
	'done',
	{ total: 'many', offset: null, list: null, items: [null], data: [[]] },
];
/** These meet an untouched NAS when a write answers so; the others one that was written to. */
const UNTOUCHED = 1;

/** How one run ended in which a call answered so. */
export interface Told {
	/** `SYNO.Chat.Post.create`, or `all`. */
	call: string;
	form: string;
	/**
	 * `raw`: an error of the language. `unreadable`: an error that only says that an answer was none. `unknown`: the same, and that a write
	 * may have been done. `refused`: any other error, which judges what happened.
	 */
	is: 'done' | 'refused' | 'unreadable' | 'unknown' | 'raw';
	message: string;
	/** The NAS carried out a write. */
	wrote: boolean;
}

type End = Pick<Told, 'is' | 'message'>;

async function settled(run: () => Promise<unknown>): Promise<End> {
	try {
		const value = await run();
		(value as Partial<FileAnswer> | undefined)?.stream?.on('error', () => undefined).resume();
		return { is: 'done', message: '' };
	} catch (error) {
		if (!isDsmError(error)) return { is: 'raw', message: (error as Error).stack ?? String(error) };
		const is = error.details.outcomeUnknown ? 'unknown' : error.code === 'protocol' ? 'unreadable' : 'refused';
		return { is, message: error.message };
	}
}

const nameOf = ({ api, method }: Call): string => `${api}.${method}`;

/** Runs once for each form, with these calls answering so from the moment that `run` says. */
async function lying(
	liars: readonly Call[],
	writes: readonly Call[],
	forms: readonly unknown[],
	run: (scene: Scene, lie: () => void) => Promise<unknown>,
): Promise<Told[]> {
	return await withNas({ pool: { strictResults: false } }, async (scene) => {
		const { nas } = scene.simulator;
		nas.installAll();
		const told: Told[] = [];
		let now: { data: unknown } | undefined;
		let heard = 0;
		const read = () => ((heard += now ? 1 : 0), now);
		const write = () => void (heard += now ? 1 : 0);
		const isLiar = (call: Call) => liars.includes(call);
		const lies = liars.map((call) => [nameOf(call), call.readOnly ? read : write]);
		scene.simulator.use(Object.fromEntries(lies) as BehaviourTable);
		for (const data of forms) {
			now = undefined;
			heard = 0;
			let before = Infinity;
			const begin = () => {
				now = { data };
				before = scene.simulator.requests.length;
				for (const { api, method } of writes.filter(isLiar))
					nas.faults.malformed(data, { api, method, times: Infinity });
			};
			const end = await settled(async () => await run(scene, begin));
			nas.faults.clear();
			const names = new Set(writes.map(nameOf));
			const wrote = scene.simulator.requests
				.slice(before)
				.some(({ api, method, answerCode }) => answerCode === 0 && names.has(`${api}.${method}`));
			const call = liars.length > 1 ? 'all' : nameOf(liars[0]!);
			if (heard > 0) told.push({ call, form: JSON.stringify(data) ?? 'nothing', wrote, ...end });
		}
		return told;
	});
}

/** Lets each call of a declaration, and all of them, answer in each form. A write is carried out before it answers so. */
async function withLies(all: readonly Call[], run: Parameters<typeof lying>[3]): Promise<Told[]> {
	const calls = [...new Map(all.map((call) => [nameOf(call), call])).values()];
	const ours = calls.filter(({ api }) => !api.startsWith('SYNO.API.'));
	const writes = ours.filter(({ readOnly }) => !readOnly);
	const told: Told[] = [];
	for (const liars of [...ours.map((call) => [call]), ...(ours.length > 1 ? [ours] : [])]) {
		const isWrite = writes.some((call) => liars.includes(call));
		const fresh = isWrite ? FORMS.slice(0, UNTOUCHED).map((form) => [form]) : [];
		for (const forms of [...fresh, FORMS.slice(fresh.length)]) told.push(...(await lying(liars, writes, forms, run)));
	}
	return told;
}

export async function operationWithLies(operation: AnyOperation): Promise<Told[]> {
	const calls = callsOf(operation);
	return await withLies(calls, async ({ simulator, pool, dsm }, lie) => {
		const { bot, webhook } = stageBots(simulator.nas);
		const token = calls.some(({ method }) => method === 'incoming') ? webhook : bot;
		const by = operation.token ? pool.acquire({ url: simulator.url, token }).dsm : dsm;
		lie();
		return await by.do(operation, sampleParams(idOf(operation), operation.params));
	});
}

/** What may come over CardDAV and CalDAV under a status that says success. */
const DAV_FORMS = ['', '<html><body>Sign in</body></html>', '{"success":true}', '<multistatus xmlns="DAV:"/>', '<'];

/** Lets all answers over CardDAV and CalDAV come in each form; what they answer to is carried out. */
export async function operationWithDavLies(operation: AnyOperation): Promise<Told[]> {
	return await withNas({ pool: { strictResults: false } }, async ({ simulator, acquire }) => {
		simulator.nas.installAll();
		const relay = new Relay(new URL(simulator.url));
		const { dsm } = acquire({ url: await relay.listen() });
		const told: Told[] = [];
		try {
			for (const form of DAV_FORMS) {
				let heard = 0;
				relay.happen(
					async ({ forward, response }) => {
						const { status, headers } = await forward();
						heard += 1;
						answerWith(response, { status, headers, body: Buffer.from(form) });
					},
					Infinity,
					/^\w+ \/(carddav|caldav)/,
				);
				const end = await settled(async () => await dsm.do(operation, sampleParams(idOf(operation), operation.params)));
				relay.happen(undefined);
				if (heard > 0) told.push({ call: 'DAV', form, wrote: false, ...end });
			}
			return told;
		} finally {
			await relay.close();
		}
	});
}

/** One poll, after a start that got true answers. */
export async function triggerWithLies(trigger: AnyTrigger): Promise<Told[]> {
	const params = trigger.params.parse(sampleParams(idOf(trigger), trigger.params)) as never;
	return await withLies(trigger.uses, async (scene, lie) => {
		let place: Place | undefined;
		const store = {
			load: async () => await Promise.resolve(place),
			save: async (next: Place | undefined) => await Promise.resolve(void (place = next)),
		};
		const poller = new Poller({ trigger, params, dsm: scene.dsm, of: 'test', store, log: () => undefined });
		await poller.start();
		clockOf(scene).advance(60_000);
		lie();
		await poller.poll(() => undefined, plenty);
		return undefined;
	});
}

/** What no answer may lead to. What only reads may start work of the NAS, and fail. */
const faulty = (told: Told[], readOnly = false): Told[] =>
	told.filter(({ is, wrote }) => is === 'raw' || (is === 'unreadable' && wrote && !readOnly));

/** The tests of one service: every call of every operation and trigger answers successes that lack what they should hold. */
export function survivesMalformed(service: Service): void {
	describe(`successes of ${service.id} that lack what they should hold`, () => {
		test.each(operationsOf(service).map((operation) => [idOf(operation), operation] as const))(
			'%s never fails with an error of the language, and never takes a write for not done',
			async (id, operation) => {
				const told = await operationWithLies(operation);
				if ('dav' in operation && operation.dav) told.push(...(await operationWithDavLies(operation)));
				expect(faulty(told, operation.readOnly)).toEqual([]);
			},
		);

		const triggers = triggersOf(service).map((trigger) => [idOf(trigger), trigger] as const);
		if (triggers.length > 0)
			test.each(triggers)('%s polls without an error of the language', async (id, trigger) => {
				const told = await triggerWithLies(trigger);
				expect(faulty(told)).toEqual([]);
			});
	});
}
