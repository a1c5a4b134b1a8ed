import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { changesIn, memoryOf, type TreeEvent } from '../../../src/services/drive/lib/treeChanges';
import { memory } from '../../../src/services/drive/lib/walk';
import { contentOf } from '../../../src/simulator/services/drive/content';
import type { DriveNode } from '../../../src/simulator/services/drive/types';
import { clockOf, plenty } from '../../support/follow';
import { withNas } from '../../support/nas';
import { at, stage } from './support';

type Step =
	| { kind: 'put' | 'folder' | 'edit' | 'rename' | 'delete' | 'restore'; pick: number }
	| { kind: 'move'; pick: number; to: number }
	| { kind: 'poll' | 'crash' | 'short' | 'session' | 'clock' };

const pick = fc.nat(1000);
const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 6, arbitrary: fc.record({ kind: fc.constant('put' as const), pick }) },
	{
		weight: 9,
		arbitrary: fc.record({
			kind: fc.constantFrom('folder', 'edit', 'rename', 'delete', 'restore') as fc.Arbitrary<'edit'>,
			pick,
		}),
	},
	{ weight: 6, arbitrary: fc.record({ kind: fc.constant('move' as const), pick, to: pick }) },
	{
		weight: 7,
		arbitrary: fc.record({
			kind: fc.constantFrom('poll', 'poll', 'crash', 'short', 'session', 'clock') as fc.Arbitrary<'poll'>,
		}),
	},
);

type Model = Map<string, { parent: string; name: string; hash: string }>;

/** Does what an event says to the tree as a receiver knows it; an event that does not fit is invented or repeated. */
function apply(model: Model, event: TreeEvent): void {
	const { file_id, what, direction, name, parent_id, hash } = event;
	const fact = { parent: String(parent_id), name, hash: String(hash ?? '') };
	const known = model.get(file_id);
	if (what === 'created' || what === 'restored' || direction === 'in') {
		if (known) throw new Error(`${name} was there before it was ${what}.`);
		model.set(file_id, fact);
		return;
	}
	if (!known) throw new Error(`${name} was ${what} before it was there.`);
	if (what === 'deleted' || direction === 'out') model.delete(file_id);
	else if (what === 'renamed' && known.name !== name) known.name = name;
	else if (what === 'moved' && known.parent !== fact.parent) known.parent = fact.parent;
	else if (what === 'updated' && known.hash !== fact.hash) known.hash = fact.hash;
	else throw new Error(`${name} was ${what} without a change.`);
}

async function play(steps: Step[]) {
	return await withNas({}, async (scene) => {
		const drive = stage(scene);
		const watched = { folder: '/mydrive/docs', subfolders: true };
		// A Synology document that goes and comes back has a new version: it may have been edited.
		drive.remove(at(scene, '/mydrive/docs/budget.osheet')!);
		const dsm = scene.dsm.with({ share: true });
		const [inside, outside] = [at(scene, watched.folder)!, at(scene, '/mydrive/photos')!];
		const facts = (): Model =>
			new Map(
				[...drive.walk(inside)]
					.slice(1)
					.map(({ file_id, parent, name, content }) => [
						file_id,
						{ parent: parent!.file_id, name, hash: content.hash },
					]),
			);
		const model = facts();
		const ids: string[] = [];
		let cursor = JSON.stringify(await memoryOf(dsm, watched));
		let more = false;
		const poll = async (budget = plenty, commit = true) => {
			const answer = await changesIn(dsm, watched, memory.parse(JSON.parse(cursor)), budget);
			if (!commit) return answer.events.length;
			cursor = JSON.stringify(answer.cursor);
			more = answer.more;
			for (const event of answer.events) {
				ids.push(event.event_id);
				apply(model, event);
			}
			return answer.events.length;
		};
		const below = (n: number, filter: (node: DriveNode) => boolean): DriveNode | undefined => {
			const found = [...drive.walk(inside), ...drive.walk(outside)].filter(filter);
			return found[n % Math.max(1, found.length)];
		};
		const movable = (node: DriveNode) => node !== inside && node !== outside;
		let count = 0;
		const acts: Record<Step['kind'], (step: never) => unknown> = {
			put: (one: { pick: number }) => {
				const root = below(one.pick, ({ isDir }) => isDir)!;
				drive.put('alice', `/file ${count++}.txt`, `content ${count}`, { root });
			},
			folder: (one: { pick: number }) =>
				drive.folder(
					below(one.pick, ({ isDir }) => isDir)!,
					`/folder ${count++}`,
					'alice',
				),
			edit: (one: { pick: number }) => {
				const node = below(one.pick, ({ isDir }) => !isDir);
				if (node) drive.setContent(node, contentOf(`edit ${count++}`), 'alice');
			},
			rename: (one: { pick: number }) => {
				const node = below(one.pick, movable);
				if (node) drive.renameAs('alice', node, `renamed ${count++}`);
			},
			move: (one: { pick: number; to: number }) => {
				const node = below(one.pick, movable);
				const target = below(one.to, ({ isDir }) => isDir)!;
				if (node && !drive.isWithin(target, node) && node.parent !== target) drive.moveAs('alice', node, target);
			},
			delete: (one: { pick: number }) => {
				const node = below(one.pick, movable);
				if (node) drive.removeAs('alice', node);
			},
			restore: (one: { pick: number }) => {
				const trash = [...inside.view.trash];
				const node = trash[one.pick % Math.max(1, trash.length)];
				if (node) drive.restoreAs('alice', node);
			},
			poll: async () => await poll(),
			crash: async () => await poll(plenty, false),
			short: async () => await poll({ left: () => false }),
			session: () => scene.simulator.nas.faults.loseSessions(119),
			clock: () => clockOf(scene).advance(count % 2 ? 90_000 : -4_000_000),
		};
		for (const one of steps) await acts[one.kind](one as never);
		for (let quiet = 0; quiet < 2;) quiet = (await poll()) === 0 && !more ? quiet + 1 : 0;
		return { model, facts: facts(), ids };
	});
}

describe('changes of a tree, whatever happens', () => {
	test('the events tell the whole story: nothing is lost, repeated or invented', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
				const { model, facts, ids } = await play(steps);
				expect(Object.fromEntries(model)).toEqual(Object.fromEntries(facts));
				expect(new Set(ids).size).toBe(ids.length);
			}),
			{ numRuns: Number(process.env.PROPERTY_RUNS ?? 60), timeout: 8000 },
		);
	}, 180_000);
});
