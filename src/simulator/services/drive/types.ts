/** Bytes of a file, in memory or on disk. */
export interface Content {
	size: number;
	/** MD5, 32 hex digits; empty for folders. */
	hash: string;
	bytes?: Buffer;
	disk?: string;
}

export interface Version {
	sync_id: number;
	created_time: number;
	modified_time: number;
	content: Content;
	editor: string;
}

export const ROLES = [
	'denied',
	'previewer',
	'preview_commenter',
	'viewer',
	'commenter',
	'editor',
	'organizer',
] as const;
export type Role = (typeof ROLES)[number];
export type MemberType = 'user' | 'group' | 'public' | 'internal';

export interface Permission {
	permission_id: number;
	type: MemberType;
	name: string;
	role: Role;
	/** Shown in the target's "shared with me". */
	mounted: boolean;
}

/** Protected public link (drive.md 7.2). */
export interface PublicLink {
	sharing_link: string;
	role: string;
	protect_password: string;
	due_date: number;
	created_time: number;
	owner: string;
}

/** A file or folder. What is in the trash keeps its parent, so that it can go back. */
export interface DriveNode {
	file_id: string;
	permanent_link: string;
	/** Number of the Version Explorer; own to the view. */
	node_id: number;
	view: View;
	parent?: DriveNode;
	/** Living children by name in NFC. */
	children: Map<string, DriveNode>;
	name: string;
	isDir: boolean;
	content: Content;
	sync_id: number;
	change_id: number;
	created_time: number;
	modified_time: number;
	access_time: number;
	change_time: number;
	revisions: number;
	versions: Version[];
	owner: string;
	lastEditor?: string;
	removed: boolean;
	encrypted: boolean;
	transient: boolean;
	permissions: Permission[];
	link?: PublicLink;
}

export interface Team {
	team_id: string;
	enabled: boolean;
	keep_versions: number;
	rotate_policy: 'fifo' | 'smart';
	rotate_days: number;
	disable_download: boolean;
	enable_watermark: boolean;
	/** `organizer` or `viewer` by user (drive.md 6.2); other roles work, too. */
	members: Map<string, Role>;
}

/** One counter per view: each user's drive, each team folder (drive.md 9.1). */
export interface View {
	id: string;
	kind: 'home' | 'team';
	/** User of a home, name of a team folder. */
	name: string;
	counter: number;
	nodes: number;
	root: DriveNode;
	/** Roots of what was removed. */
	trash: Set<DriveNode>;
	team?: Team;
}

export interface Label {
	label_id: string;
	owner: string;
	name: string;
	color: string;
	position: number;
	update_time: number;
	files: Set<DriveNode>;
}

export interface TaskError {
	code: number;
	message: string;
	context: { file_type: string; name: string; path: string };
}

export interface Task {
	task_id: string;
	action: string;
	/** Milliseconds. */
	startedAt: number;
	dueAt: number;
	done: boolean;
	/** Does the work when its time has come. */
	work: () => TaskOutcome;
	result: Record<string, unknown>;
	/** Archive of a download. */
	archive?: Buffer;
}

export interface TaskOutcome {
	errors: TaskError[];
	targets: DriveNode[];
	size?: number;
	archive?: Buffer;
	archive_name?: string;
}

export interface Webhook {
	webhook_id: string;
	app_id: string;
	type: string;
	url: string;
	so_name: string;
	token: string;
	options: Record<string, unknown>;
}

export interface LogRow {
	time: number;
	username: string;
	client_type: string;
	ip_address: string;
	type: number;
	s1: string;
	s2: string;
	share_name: string;
	target: string;
	p1: string;
	p2: string;
}

export interface ClientConnection {
	client_id: string;
	client_name: string;
	client_session_id: string;
	client_ip: string;
	client_status: 'on_line' | 'off_line' | 'syncing';
	client_type: 'unknown' | 'drive' | 'sharesync' | 'dscloud' | 'backup';
	client_version: string;
	login_time: number;
	last_auth_time: number;
}

export interface FileRequest {
	file_request_id: string;
	sharing_link: string;
	owner: string;
	node: DriveNode;
	title: string;
	description: string;
	protect_password: string;
	due_date: number;
	created_time: number;
	identifier: string;
	file_request_status: 'active' | 'inactive';
}
