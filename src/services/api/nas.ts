import { isDsmError } from '../../core/errors';
import type { Dsm } from '../../core/dsm';
import { operation, procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { services } from './services';

export const listApis = procedure({
	title: 'List APIs',
	summary:
		'Lists the APIs that the NAS offers, with their versions; what is missing belongs to a package that is not running.',
	uses: [{ api: 'SYNO.API.Info', method: 'query', version: 1 }],
	params: z.object({
		filter: z.string().trim().default('').meta({
			title: 'Filter',
			description: 'Only names that hold this text',
			placeholder: 'e.g. FileStation',
		}),
	}),
	result: z.array(
		z.object({ name: z.string(), path: z.string(), min: z.number(), max: z.number(), format: z.string() }),
	),
	readOnly: true,
	basis: 'guide',
	async run({ filter }, dsm) {
		const wanted = filter.toLowerCase();
		return Object.entries(await dsm.apis())
			.filter(([name]) => name.toLowerCase().includes(wanted))
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([name, info]) => ({
				name,
				path: info.path,
				min: info.minVersion,
				max: info.maxVersion,
				format: info.requestFormat ?? 'plain',
			}));
	},
});

const profile = { api: 'SYNO.Personal.Profile', method: 'get', version: 1 } as const;
const fileStation = { api: 'SYNO.FileStation.Info', method: 'get', version: 2 } as const;

/** File Station needs a privilege, the profile none; very old systems lack the profile (core.md 13.1). */
export const whoAmI = procedure({
	title: 'Test the connection',
	summary: 'Says which account is logged in.',
	uses: [profile, fileStation],
	params: z.object({}),
	result: z.looseObject({ account: z.string() }),
	readOnly: true,
	basis: 'capture',
	run: async (_given, dsm) => ({ ...(await whoSays(dsm)), account: dsm.account }),
});

async function whoSays(dsm: Dsm): Promise<Record<string, unknown>> {
	try {
		return (await dsm.call(profile)) as Record<string, unknown>;
	} catch (error) {
		const refused = isDsmError(error) && ['unavailable', 'permission', 'api'].includes(error.code);
		if (!refused) throw error;
		return (await dsm.call(fileStation)) as Record<string, unknown>;
	}
}

export const info = operation({
	title: 'Get system information',
	summary: 'Gives model, DSM version, temperature and time of the NAS.',
	call: { api: 'SYNO.DSM.Info', method: 'getinfo', version: 2 },
	params: z.object({}),
	result: z.looseObject({ model: z.string(), version_string: z.string() }),
	readOnly: true,
	basis: 'capture',
});

export const externalAddress = operation({
	title: 'Get the external address',
	summary: 'Gives the address and the DDNS name by which the internet sees the NAS.',
	call: { api: 'SYNO.Core.Desktop.Initdata', method: 'get', version: 1 },
	params: z.object({}),
	request: () => ({ action: 'external_ip' }),
	result: z.looseObject({ external_ip: z.string().optional(), ddns_hostname: z.string().optional() }),
	readOnly: true,
	basis: 'capture',
});

export const loginMethods = operation({
	title: 'List sign-in methods',
	summary: 'Lists the ways in which an account can sign in: password, one-time code, approval, security key.',
	call: { api: 'SYNO.API.Auth.Type', method: 'get', version: 1 },
	params: z.object({
		account: z.string().min(1).meta({ title: 'Account', description: 'DSM user name', placeholder: 'e.g. alice' }),
	}),
	response: (data) => ({ methods: (Array.isArray(data) ? data : []).map(({ type }: { type: string }) => type) }),
	result: z.object({ methods: z.array(z.string()) }),
	readOnly: true,
	basis: 'clients',
});

export const nas = resource('NAS', { listApis, whoAmI, services, info, externalAddress, loginMethods });
