import { field, row } from '../../../catalog/row';
import { z } from '../../../vendor/zod';

/** One with whom something is shared. */
export const share = row({
	kind: z.enum(['public', 'user', 'group']),
	name: field.text(),
	perm: field.text(),
	/** Whether it comes from the notebook. */
	inherit: field.flag(),
});
export type Share = z.output<typeof share>;

const entry = z.looseObject({ name: z.string().default(''), perm: z.string(), inherit: field.flag().default(false) });
const acl = z.looseObject({
	enabled: field.flag().default(false),
	public: entry.optional(),
	dsm_user: z.record(z.string(), entry).default({}),
	dsm_group: z.record(z.string(), entry).default({}),
});

/** Rows of what the NAS keeps by the numbers of users and groups (notestation.md 9.1); anything else as it is. */
export function sharesOf(value: unknown): unknown {
	const { success, data } = acl.safeParse(value);
	if (!success) return value;
	if (!data.enabled) return [];
	const of =
		(kind: Share['kind']) =>
		({ name, perm, inherit }: z.output<typeof entry>) => ({ kind, name, perm, inherit });
	return [
		...(data.public ? [data.public] : []).map(of('public')),
		...Object.values(data.dsm_user).map(of('user')),
		...Object.values(data.dsm_group).map(of('group')),
	];
}

/** What notes, notebooks and smart notebooks have in common. */
export const owned = {
	object_id: field.id(),
	title: field.text().optional(),
	category: field.text().optional(),
	ctime: field.seconds().optional(),
	mtime: field.seconds().optional(),
	ver: field.text().optional(),
	link_id: field.text().optional(),
	/** `owner`, `rw` or `ro`. */
	perm: field.text().optional(),
	owner_id: field.id().optional(),
	owner_name: field.text().optional(),
	shares: z.preprocess(sharesOf, z.array(share)).optional(),
	individual_shared: field.flag().optional(),
};

/** Names on the wire of what is owned, when the objects in it have moved up. */
export const renamed = { uid: 'owner_id', display_name: 'owner_name', acl: 'shares' } as const;

/** How every list of the package comes when it is empty (notestation.md 1). */
export const emptyIsAbsent = 'total';
