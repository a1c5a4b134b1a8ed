import type { DriveState } from '../../src/simulator/services/drive';
import type { DriveNode } from '../../src/simulator/services/drive/types';

/** One event of Drive, as a host's user would see it. */
export interface DriveStory {
	event: string;
	/** Parameters as text. */
	params: Record<string, string>;
	/** Happens, and is told, before. */
	first?: (drive: DriveState) => unknown;
	/** Makes it happen; gives the name that the event holds under `field`. */
	happen: (drive: DriveState) => string;
	field: string;
}

const docs = { folder: '/mydrive/docs' };

/** A node of alice's drive; in the trash, too. */
export function own(drive: DriveState, path: string): DriveNode {
	const found = [...drive.byId.values()].find(
		(node) => node.view === drive.home('alice').view && drive.pathOf(node) === path,
	);
	if (!found) throw new Error(`Alice has no ${path}.`);
	return found;
}

const removeSheet = (drive: DriveState): string => {
	drive.removeAs('alice', own(drive, '/docs/budget.osheet'));
	return 'budget.osheet';
};

/** Every trigger once, each on a file of its own. */
export const driveStories: readonly DriveStory[] = [
	{
		event: 'fileCreated',
		params: docs,
		field: 'name',
		happen: (drive) => drive.put('alice', '/docs/new.txt', 'new').name,
	},
	{
		event: 'fileUpdated',
		params: docs,
		field: 'name',
		happen: (drive) => drive.put('alice', '/docs/plan.txt', 'third').name,
	},
	{
		event: 'fileRenamed',
		params: docs,
		field: 'name',
		happen: (drive) => {
			drive.renameAs('alice', own(drive, '/docs/letter.docx'), 'renamed.docx');
			return 'renamed.docx';
		},
	},
	{
		event: 'fileMoved',
		params: docs,
		field: 'name',
		happen: (drive) => {
			drive.moveAs('alice', own(drive, '/docs/reports/january.csv'), own(drive, '/photos'));
			return 'january.csv';
		},
	},
	{ event: 'fileDeleted', params: docs, field: 'name', happen: removeSheet },
	{
		event: 'fileRestored',
		params: docs,
		field: 'name',
		first: removeSheet,
		happen: (drive) => {
			drive.restoreAs('alice', own(drive, '/docs/budget.osheet'));
			return 'budget.osheet';
		},
	},
	{
		event: 'specificFileChanged',
		params: { path: '/mydrive/docs/notes.txt' },
		field: 'name',
		happen: (drive) => drive.put('alice', '/docs/notes.txt', 'new').name,
	},
	{
		event: 'fileShared',
		params: {},
		field: 'name',
		happen: (drive) => {
			const node = drive.put('bob', '/contract.pdf', 'contract');
			drive.shareAs('bob', node, { type: 'user', name: 'alice' }, 'viewer');
			return node.name;
		},
	},
	{
		event: 'fileLabeled',
		params: { label_id: '2' },
		field: 'name',
		happen: (drive) => {
			drive.labelOf('alice', 'Paid').files.add(own(drive, '/photos/cat.jpg'));
			return 'cat.jpg';
		},
	},
	{
		event: 'fileStarred',
		params: {},
		field: 'name',
		happen: (drive) => {
			drive.starAs('alice', own(drive, '/photos/cat.jpg'));
			return 'cat.jpg';
		},
	},
	{
		event: 'teamFolderAdded',
		params: {},
		field: 'name',
		happen: (drive) => drive.openTeamFolder('Projects', { alice: 'viewer' }).name,
	},
	{
		event: 'notificationReceived',
		params: {},
		field: 'title',
		happen: (drive) => {
			drive.notify('alice', { title: 'Quota' });
			return 'Quota';
		},
	},
	{
		event: 'deviceChanged',
		params: {},
		field: 'client_id',
		happen: (drive) => {
			drive.connections[0]!.client_status = 'off_line';
			return 'LAPTOP-ALICE';
		},
	},
	{
		event: 'logEntryAdded',
		params: { keyword: 'audited' },
		field: 's1',
		happen: (drive) => drive.addLog({ username: 'carol', s1: '/audited.txt' }).s1,
	},
];
