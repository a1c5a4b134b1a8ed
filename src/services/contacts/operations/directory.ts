import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { raw } from '../fields';
import { listDirectory } from '../wire/web';

const listUnits = operation({
	title: 'List organizational units',
	summary: 'Gives the units below a node of the directory, with parameters as you give them.',
	call: listDirectory,
	params: z.object({ parameters: raw }),
	request: ({ parameters }) => parameters,
});

export const directory = resource('Directory', { listUnits });
