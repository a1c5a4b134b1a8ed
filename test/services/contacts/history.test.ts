import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { contacts } from '../../../src/services/contacts';
import { contactsOf } from '../../../src/simulator/services/contacts/state';
import { clockOf, Follower } from '../../support/follow';
import { withNas } from '../../support/nas';

/** What happens on the NAS or to a follower, by itself or by a person. */
const step = fc.oneof(
	fc.record({ what: fc.constant('save' as const), who: fc.nat(5), book: fc.boolean() }),
	fc.record({ what: fc.constant('edit' as const), who: fc.nat(5) }),
	fc.record({ what: fc.constant('delete' as const), who: fc.nat(5) }),
	fc.record({
		what: fc.constantFrom(
			'expire' as const,
			'day' as const,
			'poll' as const,
			'crash' as const,
			'broken' as const,
			'later' as const,
		),
	}),
);

/** Each version of a card that a poll finds for the first time is told once; nothing else is. */
test('a random history loses no contact and tells none twice', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
			await withNas({ seed: true }, async (scene) => {
				const { contactCreated, contactUpdated, contactDeleted } = contacts.triggers;
				const state = contactsOf(scene.simulator.nas);
				const follow = async <T extends typeof contactCreated>(trigger: T) => {
					const follower = await new Follower(trigger, scene.dsm, {}).start();
					return Object.assign(follower, { removesRepeats: true });
				};
				const created = await follow(contactCreated);
				const updated = await follow(contactUpdated as typeof contactCreated);
				const deleted = Object.assign(await new Follower(contactDeleted, scene.dsm, {}).start(), {
					removesRepeats: true,
				});
				/** What is known to have been told: path -> version. */
				const known = new Map<string, string>();
				const told: string[] = [];
				const wanted: string[] = [];
				const now = () =>
					new Map(
						[...state.books.values()].flatMap((book) =>
							[...book.cards.values()]
								.filter(({ facts }) => facts.uid.startsWith('r'))
								.map((card): [string, string] => [`${book.uri}/${card.facts.uid}`, card.etag]),
						),
					);
				const settle = async (options: { commit?: boolean; budget?: { left: () => boolean } } = {}) => {
					for (const [name, follower] of [
						['new', created],
						['updated', updated],
					] as const)
						for (const row of await follower.poll(options)) told.push(`${name} ${row.book!.split('/')[3]}/${row.uid}`);
					for (const row of await deleted.poll(options)) told.push(`deleted ${row.book.split('/')[3]}/${row.uid}`);
				};
				const expectAll = () => {
					const present = now();
					const gone = [...known.keys()].filter((key) => !present.has(key));
					const come = [...present.keys()].filter((key) => !known.has(key));
					const uidOf = (key: string) => key.split('/')[1]!;
					const moved = come.filter((key) => gone.some((other) => uidOf(other) === uidOf(key)));
					wanted.push(
						...come.filter((key) => !moved.includes(key)).map((key) => `new ${key}`),
						...[
							...moved,
							...[...present].filter(([key, etag]) => known.has(key) && known.get(key) !== etag).map(([key]) => key),
						].map((key) => `updated ${key}`),
						...gone.filter((key) => !moved.some((other) => uidOf(other) === uidOf(key))).map((key) => `deleted ${key}`),
					);
					known.clear();
					for (const [key, etag] of present) known.set(key, etag);
				};
				let version = 0;
				for (const one of steps) {
					clockOf(scene).advance(1000);
					const uid = 'who' in one ? `r${one.who}` : '';
					const there = [...now().keys()].some((key) => key.endsWith(`/${uid}`));
					if (one.what === 'save' && !there)
						state.saveAs('alice', {
							uid,
							full_name: `${uid} ${++version}`,
							book: one.book ? 'Suppliers' : 'My Contacts',
						});
					if (one.what === 'edit' && there)
						state.editCard(uid, (text) => text.replace(/^FN:.*$/m, `FN:${uid} ${++version}`));
					if (one.what === 'delete' && there) state.deleteCard(uid);
					if (one.what === 'expire') for (const book of state.books.values()) book.history.expire();
					if (one.what === 'day') clockOf(scene).advance(90_000_000);
					if (one.what === 'broken') {
						scene.simulator.nas.faults.badGateway(8);
						await created.poll().catch(() => undefined);
						scene.simulator.nas.faults.clear();
					}
					if (one.what === 'later') {
						for (const follower of [created, updated]) await follower.poll({ budget: { left: () => false } });
					}
					if (one.what === 'crash' || one.what === 'poll') {
						expectAll();
						await settle({ commit: one.what === 'poll' });
						if (one.what === 'crash') await settle();
					}
				}
				expectAll();
				await settle();
				expect(told.sort()).toEqual(wanted.sort());
			});
		}),
		{ numRuns: 40 },
	);
});
