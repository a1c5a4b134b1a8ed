import type { Explanation } from '../../catalog/operation';

/** Contacts has no public codes of its own: these are the common ones as they were seen here (contacts.md 9). */
export const errors: Record<number, Explanation> = {
	117: {
		cause: 'Contacts could not do it',
		remedy:
			'The ID may name nothing that is there or shared with this account; list the address books or contacts again.',
	},
	120: {
		cause: 'A parameter is missing or unusable',
		remedy:
			'Check the parameters. Those of many methods of Contacts are not public: a capture of the web page shows them.',
	},
};
