import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { getInfo } from '../wire/people';

export const get = operation({
	title: 'Get the account',
	summary: 'Gives what Drive knows of the account, and the version of Drive.',
	call: getInfo,
	params: z.object({}),
});

export const account = resource('Account', { get });
