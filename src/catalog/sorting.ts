import { z } from '../vendor/zod';
import { moment } from './fields';

/** Which way the rows go. */
export const sortDirection = (usual: 'asc' | 'desc' = 'asc') =>
	z
		.enum(['asc', 'desc'])
		.default(usual)
		.meta({
			title: 'Sort Direction',
			description: 'Order of the sorting',
			labels: { asc: 'Ascending', desc: 'Descending' },
			advanced: true,
		});

/** Parameters of the order of a list: the names on the wire, each with its label, the usual one first. */
export const sorting = <T extends string>(labels: Record<T, string>, usual: 'asc' | 'desc' = 'asc') => {
	const names = Object.keys(labels) as [T, ...T[]];
	return {
		sort_by: z
			.enum(names)
			.default(names[0] as never)
			.meta({ title: 'Sort By', description: 'What the rows are sorted by', labels, advanced: true }),
		sort_direction: sortDirection(usual),
	};
};

/** Only rows from a moment on, which come newest first then. */
export const since = (title: string, description: string) =>
	moment()
		.optional()
		.meta({ title, description: `${description}; they come newest first, whatever the sorting`, advanced: true });
