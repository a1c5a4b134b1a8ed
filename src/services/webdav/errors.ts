import type { Explanation } from '../../catalog/operation';

const TAKEN: Explanation = {
	cause: 'The port is in use by another service of the NAS',
	remedy: 'Choose another port; Control Panel, Info Center, Service shows which are taken.',
};

/** What the codes of WebDAV Server mean (webdav.md 11). */
export const errors: Record<number, Explanation> = {
	105: {
		cause: 'The account may not do this in DSM: it takes an administrator',
		remedy: 'Use an account of the group administrators.',
	},
	1903: TAKEN,
	1904: TAKEN,
	1951: TAKEN,
	1905: {
		cause: 'The anonymous user of FTP and WebDAV has no access to the shared folder any more',
		remedy: 'Give it access in Control Panel, Shared Folder, Edit, Permissions.',
	},
};
