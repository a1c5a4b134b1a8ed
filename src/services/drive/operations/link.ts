import type { Dsm } from '../../../core/dsm';
import { DsmApiError, isDsmError, withDetails } from '../../../core/errors';
import { operation, procedure, resource } from '../../../catalog/operation';
import { timeOf } from '../../../catalog/row';
import { settled } from '../../../core/outcome';
import { z } from '../../../vendor/zod';
import { anyFile, given, ROLES, seconds } from '../fields';
import * as wire from '../wire/sharing';

const base_url = z.url().optional().meta({
	title: 'Base URL',
	description: 'Address under which others reach the NAS, for the link; the NAS itself may only know its local name',
	placeholder: 'e.g. https://nas.example.com',
	advanced: true,
});

/** The link below the address that others use. */
const below = <T extends { url?: string }>(base: string | undefined, answer: T): T =>
	base === undefined || answer.url === undefined
		? answer
		: { ...answer, url: answer.url.replace(/^https?:\/\/[^/]+/, base.replace(/\/+$/, '')) };

const roles = z.enum(['accesser', 'previewer', 'preview_commenter', 'viewer', 'commenter', 'editor']);
const ofRole = {
	title: 'Role',
	description: 'What visitors may do',
	labels: { ...ROLES, accesser: 'Only Those with Access' },
};
const password = z
	.string()
	.optional()
	.meta({ title: 'Password', description: 'Password that visitors need; empty: none', widget: 'secret' });
const due_date = seconds('Expires', 'End of the link; empty: never');

/** The link of a file that is asked for first: changes name it. */
const known = { call: wire.getLink, request: ({ path }: { path: string }) => ({ path }) };

export const createInternal = operation({
	title: 'Create an internal link',
	summary: 'Gives the link of a file or folder that opens for those who have access, and makes it if needed.',
	call: wire.createInternalLink,
	params: z.object({ path: anyFile(), base_url }),
	request: ({ path }) => ({ path }),
	response: (answer, { params }) => below(params.base_url, answer),
	result: wire.internalLink,
});

export const get = operation({
	title: 'Get the public link',
	summary: 'Gives the public link of a file or folder.',
	call: wire.getLink,
	params: z.object({ path: anyFile(), base_url }),
	request: ({ path }) => ({ path }),
	response: (answer, { params }) => below(params.base_url, answer),
	result: wire.link,
});

/** 1036 says that there is none yet. */
async function existing(dsm: Dsm, path: string): Promise<wire.Link | undefined> {
	try {
		return await dsm.call(wire.getLink, { path });
	} catch (error) {
		if (isDsmError(error) && error.dsmCode === 1036) return undefined;
		throw error;
	}
}

interface Wish {
	role?: string | undefined;
	protect_password?: string | undefined;
	/** Unix seconds. */
	due_date?: number | undefined;
}

/** Throws when a link is not as it was asked for: what the answer says of itself is believed, not that it succeeded. */
function promised<L extends Partial<wire.Link>>(row: L, wish: Wish): L {
	const end = row.due_date === undefined ? undefined : Math.floor((timeOf(row.due_date) || 0) / 1000);
	const wrong = [
		wish.role !== undefined && row.role !== undefined && row.role !== wish.role && 'role',
		wish.due_date !== undefined && end !== undefined && end !== wish.due_date && 'end',
		!!wish.protect_password && row.protect_password === '' && 'password',
		wish.protect_password === '' && !!row.protect_password && 'open access',
	].find((one) => one !== false);
	if (wrong === undefined) return row;
	throw new DsmApiError(`Drive reported success, but the link ${row.url ?? ''} does not have the wished ${wrong}.`, {
		hint: 'The link exists without it. Set it in Drive, or delete the link.',
	});
}

/** The error of a link that is there already, without what was wished. */
const unfinished = (error: unknown, { url }: Partial<wire.Link>): unknown =>
	isDsmError(error)
		? withDetails(error, {}, `${error.message} The link ${url ?? ''} was made before, without password and end.`)
		: error;

/** Password and end are set by a second call, as clients do (drive.md 7.2). */
export const create = procedure({
	title: 'Create a public link',
	summary: 'Makes a link that opens without an account, with role, password and end; an existing link is changed.',
	uses: [wire.getLink, wire.createLink, wire.updateLink],
	params: z.object({
		path: anyFile(),
		role: roles.default('viewer').meta(ofRole),
		protect_password: password,
		due_date,
		base_url,
	}),
	result: wire.link,
	async run({ path, base_url: base, ...wish }, dsm) {
		const there = await existing(dsm, path);
		const make = async () => await dsm.call(wire.createLink, { path, role: wish.role });
		const found = there ?? (await settled(dsm, make, async () => await existing(dsm, path)));
		const params = given({ path, sharing_link: found.sharing_link, ...wish });
		const changed = await dsm.call(wire.updateLink, params).catch((error: unknown) => {
			throw there ? error : unfinished(error, found);
		});
		return below(base, { ...found, ...promised(changed, wish) });
	},
});

const wished = (changes: Wish & { remove_password: boolean; never_expires: boolean }): Wish => ({
	role: changes.role,
	protect_password: changes.remove_password ? '' : changes.protect_password,
	due_date: changes.never_expires ? 0 : changes.due_date,
});

export const update = operation({
	title: 'Update a public link',
	summary: 'Changes role, password or end of a public link.',
	params: z.object({
		path: anyFile(),
		role: roles.optional().meta(ofRole),
		protect_password: password,
		remove_password: z
			.boolean()
			.default(false)
			.meta({ title: 'Remove Password', description: 'Whether the link opens without a password', advanced: true }),
		due_date,
		never_expires: z
			.boolean()
			.default(false)
			.meta({ title: 'Never Expires', description: 'Whether the link has no end', advanced: true }),
		base_url,
	}),
	known,
	call: wire.updateLink,
	request: ({ path, ...changes }, { sharing_link }) => given({ path, sharing_link, ...wished(changes) }),
	response: (changed, { params, known: found }) =>
		below(params.base_url, { ...found, ...promised(changed, wished(params)) }),
	result: wire.link,
});

/** Which link there is must be asked first. */
const remove = operation({
	title: 'Delete the public link',
	summary: 'Removes the public link of a file or folder, which stays.',
	params: z.object({ path: anyFile() }),
	known,
	call: wire.deleteLink,
	request: ({ path }, { sharing_link }) => ({ path, sharing_link }),
	destructive: true,
	deletes: true,
});

export const checkPassword = operation({
	title: 'Check the password of a public link',
	summary: 'Says whether a password opens a public link; a wrong one is an error.',
	call: wire.checkLinkPassword,
	params: z.object({
		sharing_link: z.string().min(1).meta({
			title: 'Sharing Link',
			description: 'The last part of the link',
			placeholder: 'e.g. OXSIz8jDDgVcEqYSmtXyVrsSx6YVvEAP',
		}),
		password: z.string().meta({ title: 'Password', description: 'Password to try', widget: 'secret' }),
	}),
	response: () => ({ valid: true }),
	result: z.object({ valid: z.boolean() }),
});

export const links = resource('Link', { createInternal, get, create, update, delete: remove, checkPassword });
