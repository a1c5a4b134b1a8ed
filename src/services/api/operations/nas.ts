import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import {
	apiRow,
	getExternalAddress as externalAddressCall,
	getFileStation,
	getProfile,
	getSystem,
	listSignInMethods as signInMethodsCall,
	queryApis,
} from '../wire';
import { checkNas } from './check';
import { checkServices } from './services';

const listApis = operation({
	title: 'List APIs',
	summary:
		'Lists the APIs that the NAS offers, with their versions; what is missing belongs to a package that is not running.',
	call: queryApis,
	params: z.object({
		filter: z.string().trim().max(200).default('').meta({
			title: 'Filter',
			description: 'Only names that hold this text',
			placeholder: 'e.g. FileStation',
		}),
	}),
	request: () => ({ query: 'all' }),
	response: (apis, { params: { filter } }) =>
		apis
			.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()))
			.sort((a, b) => (a.name < b.name ? -1 : 1)),
	result: z.array(apiRow),
});

/** File Station needs a privilege, the profile none; very old systems lack the profile (core.md 13.1). */
const checkConnection = operation({
	title: 'Check the connection',
	summary: 'Says which account is signed in.',
	call: getProfile,
	instead: { call: getFileStation, when: ['unavailable', 'permission', 'api'] },
	params: z.object({}),
	response: (said, { account }) => ({ ...said, account }),
	result: z.looseObject({ account: z.string(), user_name: z.string().optional(), is_manager: z.boolean().optional() }),
});

const getInfo = operation({
	title: 'Get system information',
	summary: 'Gives model, DSM version, temperature and time of the NAS.',
	call: getSystem,
	params: z.object({}),
});

const getExternalAddress = operation({
	title: 'Get the external address',
	summary: 'Gives the address and the DDNS name by which the internet sees the NAS.',
	call: externalAddressCall,
	params: z.object({}),
	request: () => ({ action: 'external_ip' }),
});

const listSignInMethods = operation({
	title: 'List sign-in methods',
	summary: 'Lists the ways in which an account can sign in: password, one-time code, approval, security key.',
	call: signInMethodsCall,
	params: z.object({
		account: z.string().min(1).meta({ title: 'Account', description: 'DSM user name', placeholder: 'e.g. alice' }),
	}),
});

export const nas = resource('NAS', {
	listApis,
	checkConnection,
	checkServices,
	checkNas,
	getInfo,
	getExternalAddress,
	listSignInMethods,
});
