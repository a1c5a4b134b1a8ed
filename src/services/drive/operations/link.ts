import type { Dsm } from '../../core/dsm';
import { isDsmError } from '../../core/errors';
import { operation, procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { given, nothing, seconds } from './fields';
import { anyFile } from './place';
import { ROLES } from './sharing';

const api = 'SYNO.SynologyDrive.AdvanceSharing';
const call = {
	get: { api, method: 'get', version: 1 },
	create: { api, method: 'create', version: 1 },
	update: { api, method: 'update', version: 1 },
	delete: { api, method: 'delete', version: 1 },
} as const;

/** `permanent_id` is a bare 64-bit number, which JSON here rounds: never shown (drive.md 7.2). */
const link = z
	.looseObject({
		url: z.string(),
		sharing_link: z.string(),
		role: z.string().optional(),
		due_date: z.number().optional(),
		protect_password: z.string().optional(),
	})
	.transform(({ permanent_id, ...rest }) => rest);

const base_url = z.url().optional().meta({
	title: 'Base URL',
	description: 'Address under which others reach the NAS, for the link; the NAS itself may only know its local name',
	placeholder: 'e.g. https://nas.example.com',
	advanced: true,
});

/** The link below the address that others use. */
const moved = <T extends { url?: string }>(answer: T, base: string | undefined): T =>
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

export const createInternal = procedure({
	title: 'Get the internal link',
	summary: 'Gives the link of a file or folder that opens for those who have access.',
	uses: [{ api: 'SYNO.SynologyDrive.Sharing', method: 'create_link', version: 2 }],
	params: z.object({ path: anyFile(), base_url }),
	result: z.looseObject({ url: z.string(), link_id: z.string().optional() }),
	basis: 'guide',
	run: async (wanted, dsm) =>
		moved(
			await dsm.call({ api: 'SYNO.SynologyDrive.Sharing', method: 'create_link', version: 2 }, { path: wanted.path }),
			wanted.base_url,
		),
});

export const get = procedure({
	title: 'Get the public link',
	summary: 'Gives the public link of a file or folder.',
	uses: [call.get],
	params: z.object({ path: anyFile(), base_url }),
	result: link,
	readOnly: true,
	basis: 'clients',
	run: async (wanted, dsm) => moved(await dsm.call(call.get, { path: wanted.path }), wanted.base_url),
});

interface WireLink {
	sharing_link: string;
	url: string;
}

/** 1036 says that there is none yet. */
async function existing(dsm: Dsm, path: string): Promise<WireLink | undefined> {
	try {
		return (await dsm.call(call.get, { path }, { readOnly: true })) as WireLink;
	} catch (error) {
		if (isDsmError(error) && error.dsmCode === 1036) return undefined;
		throw error;
	}
}

/** Password and end are set by a second call, as clients do (drive.md 7.2). */
export const create = procedure({
	title: 'Create a public link',
	summary: 'Makes a link that opens without an account, with role, password and end; an existing link is changed.',
	uses: [call.get, call.create, call.update],
	params: z.object({
		path: anyFile(),
		role: roles.default('viewer').meta(ofRole),
		protect_password: password,
		due_date,
		base_url,
	}),
	result: link,
	basis: 'clients',
	async run({ path, base_url: base, ...wish }, dsm) {
		const found = (await existing(dsm, path)) ?? ((await dsm.call(call.create, { path, role: wish.role })) as WireLink);
		const params = given({ path, sharing_link: found.sharing_link, ...wish });
		const changed = (await dsm.call(call.update, params)) as Partial<WireLink> | undefined;
		return moved({ ...found, ...changed }, base);
	},
});

export const update = procedure({
	title: 'Update a public link',
	summary: 'Changes role, password or end of a public link.',
	uses: [call.get, call.update],
	params: z.object({
		path: anyFile(),
		role: roles.optional().meta(ofRole),
		protect_password: password,
		removePassword: z
			.boolean()
			.default(false)
			.meta({ title: 'Remove Password', description: 'Whether the link opens without a password', advanced: true }),
		due_date,
		neverExpires: z
			.boolean()
			.default(false)
			.meta({ title: 'Never Expires', description: 'Whether the link has no end', advanced: true }),
		base_url,
	}),
	result: link,
	basis: 'clients',
	async run({ path, base_url: base, removePassword, neverExpires, ...wish }, dsm) {
		const found = (await dsm.call(call.get, { path }, { readOnly: true })) as WireLink;
		const change = {
			...wish,
			...(removePassword && { protect_password: '' }),
			...(neverExpires && { due_date: 0 }),
		};
		const changed = await dsm.call(call.update, given({ path, sharing_link: found.sharing_link, ...change }));
		return moved({ ...found, ...changed }, base);
	},
});

const remove = procedure({
	title: 'Delete the public link',
	summary: 'Removes the public link of a file or folder, which stays.',
	uses: [call.get, call.delete],
	params: z.object({ path: anyFile() }),
	result: nothing,
	destructive: true,
	basis: 'clients',
	async run({ path }, dsm) {
		const { sharing_link } = (await dsm.call(call.get, { path }, { readOnly: true })) as WireLink;
		await dsm.call(call.delete, { path, sharing_link });
		return {};
	},
});

export const checkPassword = operation({
	title: 'Check the password of a public link',
	summary: 'Says whether a password opens a public link; a wrong one is an error.',
	call: { api: 'SYNO.SynologyDrive.AdvanceSharing.Public', method: 'auth', version: 1 },
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
	readOnly: true,
	basis: 'clients',
});

export const links = resource('Link', { createInternal, get, create, update, delete: remove, checkPassword });
