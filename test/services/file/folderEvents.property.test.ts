import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fileChanged, fileCreated, fileDeleted, fileMoved } from '../../../src/services/file/triggers/folderEvents';
import { walk } from '../../../src/simulator/core/volume';
import { clockOf, Follower } from '../../support/follow';
import { withNas, type Scene } from '../../support/nas';
import { state } from './stage';

const name = fc.constantFrom('a', 'b', 'c', 'sub/a', 'sub/b', 'deep/er/a');
const step = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.record({ kind: fc.constant('write' as const), at: name, size: fc.nat(9), old: fc.boolean() }),
	},
	{ weight: 2, arbitrary: fc.record({ kind: fc.constant('move' as const), at: name, to: name }) },
	{
		weight: 2,
		arbitrary: fc.record({ kind: fc.constant('remove' as const), at: fc.oneof(name, fc.constantFrom('sub', 'deep')) }),
	},
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('out' as const), at: name }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('back' as const), at: name }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('tick' as const), seconds: fc.nat(5) }) },
	{
		weight: 1,
		arbitrary: fc.record({ kind: fc.constant('clock' as const), seconds: fc.integer({ min: -4000, max: 4000 }) }),
	},
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('lost' as const) }) },
	{ weight: 4, arbitrary: fc.record({ kind: fc.constant('poll' as const), crash: fc.boolean() }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const ROOT = '/docs/in';

function act(scene: Scene, one: Step): void {
	const files = state(scene);
	const alice = scene.simulator.nas.user('alice');
	const has = (path: string) => files.find(alice, path) !== undefined;
	if (one.kind === 'write')
		files.write(`${ROOT}/${one.at}`, { size: one.size, times: one.old ? { mtime: Date.UTC(2009, 0, 1) } : {} });
	if (one.kind === 'tick') clockOf(scene).advance(one.seconds * 1000);
	if (one.kind === 'clock') clockOf(scene).advance(one.seconds * 1000);
	if (one.kind === 'lost') scene.simulator.nas.faults.loseSessions(119);
	if (one.kind === 'move' && has(`${ROOT}/${one.at}`) && !has(`${ROOT}/${one.to}`))
		files.move(`${ROOT}/${one.at}`, `${ROOT}/${one.to}`);
	if (one.kind === 'remove' && has(`${ROOT}/${one.at}`)) files.remove(`${ROOT}/${one.at}`);
	const outside = `/photo/${'at' in one ? one.at : ''}`;
	if (one.kind === 'out' && has(`${ROOT}/${one.at}`) && !has(outside)) files.move(`${ROOT}/${one.at}`, outside);
	if (one.kind === 'back' && has(outside) && !has(`${ROOT}/${one.at}`)) files.move(outside, `${ROOT}/${one.at}`);
}

/** What is there: path -> what tells one content from another. */
function picture(scene: Scene): Map<string, string> {
	const root = state(scene).folder(scene.simulator.nas.user('alice'), ROOT);
	const found = new Map<string, string>();
	for (const entry of walk(root)) {
		if (entry.kind !== 'file') continue;
		const parts: string[] = [];
		for (let at: typeof entry.parent | typeof entry = entry; at && at !== root; at = at.parent) parts.unshift(at.name);
		found.set(
			`${ROOT}/${parts.join('/')}`,
			[entry.size, Math.floor(entry.times.mtime / 1000), Math.floor(entry.times.crtime / 1000)].join(),
		);
	}
	return found;
}

test('whatever happens, each difference between two polls is told once, and nothing else is', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (history) => {
			await withNas({}, async (scene) => {
				state(scene).mkdir(`${ROOT}/sub`);
				scene.simulator.nas.switches.idleMinutes = 100_000;
				const given = { folder: ROOT, recursive: true, settle: 0 };
				const triggers = [fileCreated, fileChanged, fileMoved, fileDeleted] as (typeof fileCreated)[];
				const followers = await Promise.all(
					triggers.map(async (trigger) => await new Follower(trigger, scene.dsm, given).start()),
				);
				let known = picture(scene);
				const poll = async (commit: boolean) => {
					const now = picture(scene);
					const [created, changed, moved, deleted] = (await Promise.all(
						followers.map(async (one) => await one.poll({ commit })),
					)) as [E, E, E, E];
					const paths = (events: E) => events.map(({ path }) => path);
					const gone = [...known.keys()].filter((path) => !now.has(path));
					const come = [...now.keys()].filter((path) => !known.has(path));
					expect([...paths(created), ...paths(moved)].sort()).toEqual(come.sort());
					expect([...paths(deleted), ...moved.map((event) => event.previous_path!)].sort()).toEqual(gone.sort());
					expect(paths(changed).sort()).toEqual(
						[...now.keys()].filter((path) => known.has(path) && known.get(path) !== now.get(path)).sort(),
					);
					for (const event of moved) expect(known.get(event.previous_path!)).toBe(now.get(event.path));
					if (commit) known = now;
				};
				for (const one of history) {
					act(scene, one);
					if (one.kind === 'poll') await poll(!one.crash);
				}
				await poll(true);
				await poll(true);
			});
		}),
		{ numRuns: 60 },
	);
}, 120_000);

type E = Awaited<
	ReturnType<Follower<typeof fileCreated.params, typeof fileCreated.cursor, typeof fileCreated.event>['poll']>
>;
