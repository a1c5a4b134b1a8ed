import { services } from '../services';
import { credentialParts, partsOf } from '../n8n/head';
import type { Files } from './files';

/** What the heads for n8n read beside themselves: everything in their descriptions that follows from the catalogue. */
export function n8nFiles(): Files {
	const parts = services.flatMap(({ id, nodes }) => {
		const all = partsOf(id);
		return [...nodes.map((kind) => all[kind]), all.methods];
	});
	return Object.fromEntries(
		[...parts, ...Object.values(credentialParts)].map(([file, make]) => [`dist/${file}`, JSON.stringify(make())]),
	);
}
