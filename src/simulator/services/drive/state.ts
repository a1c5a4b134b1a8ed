import { createHash, randomUUID } from 'node:crypto';
import type { Nas, User } from '../../core/nas';
import { contentOf } from './content';
import { DriveTree, type Times } from './tree';
import { pushes } from './push';
import { defaultSwitches, type DriveSwitches } from './switches';
import type {
	ClientConnection,
	Content,
	DriveNode,
	FileRequest,
	Label,
	LogRow,
	MemberType,
	Role,
	Task,
	TaskOutcome,
	Team,
	View,
	Webhook,
} from './types';

/** State of Drive, with ways in for tests and the demo: what people do in their clients. */
export class DriveState extends DriveTree {
	readonly switches: DriveSwitches = defaultSwitches();
	readonly labels: Label[] = [];
	/** By user. */
	readonly stars = new Map<string, Set<DriveNode>>();
	readonly recents = new Map<string, DriveNode[]>();
	/** By session. */
	readonly tasks = new Map<string, Map<string, Task>>();
	readonly webhooks: Webhook[] = [];
	/** Pushes on their way. */
	readonly pushing = new Set<Promise<unknown>>();
	readonly log: LogRow[] = [];
	readonly notifications: { user: string; row: Record<string, unknown> }[] = [];
	readonly connections: ClientConnection[] = [];
	readonly fileRequests: FileRequest[] = [];
	readonly accessRequests: { user: string; node: DriveNode }[] = [];
	settings: Record<string, unknown> = {};
	config: Record<string, unknown> = {};
	/** What the last count of the space gave, and when the one that runs is done. */
	usage: Record<string, number> | undefined;
	usageDueAt: number | undefined;
	/** The one restore of the Version Explorer. */
	restoring: { task_id: number; total: number; doneAt: number; work: () => void; done: boolean } | undefined;
	readonly slices = new Map<string, Buffer[]>();
	/** Targets of uploads that broke off: they answer 1054 until the lock is gone. */
	readonly locks = new Set<string>();
	#numbers = 0;
	#tasksMade = 0;

	constructor(readonly nas: Nas) {
		super(nas.clock);
	}

	number(): number {
		return ++this.#numbers;
	}

	/** Opaque text of a link; the same in every run. */
	secret(length = 30): string {
		const letters = createHash('sha512').update(`drive ${this.number()}`).digest('base64');
		return letters.replace(/[^0-9A-Za-z]/g, '').slice(0, length);
	}

	/** Carries out the tasks whose time has come. */
	settle(): void {
		const now = this.clock.now();
		for (const tasks of this.tasks.values())
			for (const task of tasks.values()) if (!task.done && task.dueAt <= now) this.#finish(task);
		const { restoring } = this;
		if (restoring && !restoring.done && restoring.doneAt <= now) {
			restoring.done = true;
			restoring.work();
		}
	}

	#finish(task: Task): void {
		task.done = true;
		const { errors, targets, size, archive, archive_name } = task.work();
		const total = size ?? targets.reduce((sum, node) => sum + node.content.size, 0);
		Object.assign(task.result, {
			// Both forms of "no errors" were seen (drive.md 5).
			errors: errors.length > 0 ? errors : this.#tasksMade % 2 ? null : [],
			processed_size: total,
			total_size: total,
			targets: targets.map((node) => ({
				file_id: node.file_id,
				parent_id: node.parent?.file_id ?? '0',
				file_type: node.isDir ? 'dir' : 'file',
				name: node.name,
				path: this.pathOf(node),
			})),
			...(archive_name !== undefined && { archive_name }),
		});
		if (archive) task.archive = archive;
	}

	/** Number of a task is own to the session (drive.md 5). */
	startTask(
		sid: string,
		action: string,
		names: string[],
		params: Record<string, unknown>,
		work: () => TaskOutcome,
	): Task {
		const tasks = this.tasks.get(sid) ?? new Map<string, Task>();
		this.tasks.set(sid, tasks);
		this.#tasksMade += 1;
		const task: Task = {
			task_id: `task-${this.#taskNumber(sid)}`,
			action,
			startedAt: this.clock.now(),
			dueAt: this.clock.now() + this.switches.taskMs,
			done: false,
			work,
			result: { action, errors: [], names, params, processed_size: 0, total_size: 0, targets: [] },
		};
		tasks.set(task.task_id, task);
		this.settle();
		return task;
	}

	readonly #taskNumbers = new Map<string, number>();

	#taskNumber(sid: string): number {
		const number = (this.#taskNumbers.get(sid) ?? 0) + 1;
		this.#taskNumbers.set(sid, number);
		return number;
	}

	/** Path inside the view: `/123/2.jpg`. */
	pathOf(node: DriveNode): string {
		return node.parent ? `${node.parent.parent ? this.pathOf(node.parent) : ''}/${node.name}` : '/';
	}

	openTeamFolder(name: string, members: Record<string, Role>, more: Partial<Team> = {}): View {
		return this.addTeam(name, Object.keys(members)[0] ?? '', {
			team_id: String(this.views.length + 1),
			enabled: true,
			keep_versions: 8,
			rotate_policy: 'fifo',
			rotate_days: 0,
			disable_download: false,
			enable_watermark: false,
			members: new Map(Object.entries(members)),
			...more,
		});
	}

	/** Folder by path from a root, made where missing. */
	folder(root: DriveNode, path: string, owner = root.owner): DriveNode {
		return path
			.split('/')
			.filter(Boolean)
			.reduce((at, name) => this.child(at, name) ?? this.add(at, name, { isDir: true, owner }), root);
	}

	/** A person puts a file: `put('alice', '/docs/a.txt', 'text')` into the own drive, or below another folder. */
	put(who: string, path: string, data: string | Buffer | Content, times: Times & { root?: DriveNode } = {}): DriveNode {
		const at = path.lastIndexOf('/');
		const { root = this.home(who), ...rest } = times;
		const parent = this.folder(root, path.slice(0, at), who);
		const name = path.slice(at + 1);
		const content = typeof data === 'object' && 'hash' in data ? data : contentOf(data);
		const old = this.child(parent, name);
		if (old) this.setContent(old, content, who, rest);
		const node = old ?? this.add(parent, name, { isDir: false, owner: who, content, ...rest });
		this.note(who, old ? 'file_modified' : 'file_created', node);
		return node;
	}

	/** A person removes, renames, moves, restores. */
	removeAs(who: string, node: DriveNode): void {
		this.remove(node);
		this.note(who, 'file_removed', node);
	}

	renameAs(who: string, node: DriveNode, name: string): void {
		this.rename(node, name);
		this.note(who, 'file_renamed', node);
	}

	moveAs(who: string, node: DriveNode, target: DriveNode): void {
		this.move(node, target, this.freeName(target, node.name));
		this.note(who, 'file_moved', node);
	}

	restoreAs(who: string, node: DriveNode): void {
		this.restore(node);
		this.note(who, 'file_created', node);
	}

	shareAs(who: string, node: DriveNode, member: { type: MemberType; name: string }, role: Role, mounted = true): void {
		const found = node.permissions.find(({ type, name }) => type === member.type && name === member.name);
		if (found) Object.assign(found, { role, mounted });
		else node.permissions.push({ permission_id: this.number(), ...member, role, mounted });
		this.notify(member.name, { title: 'share', from: who, file_id: node.file_id, name: node.name });
	}

	starAs(who: string, node: DriveNode, starred = true): void {
		const own = this.stars.get(who) ?? new Set();
		this.stars.set(who, own);
		if (starred) own.add(node);
		else own.delete(node);
	}

	labelOf(who: string, name: string, color = '#000000'): Label {
		const own = this.labels.filter(({ owner }) => owner === who);
		const found = own.find((label) => label.name === name);
		if (found) return found;
		const label: Label = {
			label_id: String(this.labels.length + 1),
			owner: who,
			name,
			color,
			position: own.length,
			update_time: this.now(),
			files: new Set(),
		};
		this.labels.push(label);
		return label;
	}

	/** The keys of a notification were never captured: these are examples (drive.md 9.6). */
	notify(user: string, row: Record<string, unknown>): void {
		const notification_id = String(this.number());
		this.notifications.unshift({ user, row: { notification_id, time: this.now(), ...row } });
	}

	/** A client program connects. */
	connect(user: string, device: string, more: Partial<ClientConnection> = {}): ClientConnection {
		const connection: ClientConnection = {
			client_id: device,
			client_name: user,
			client_session_id: createHash('md5').update(`${device} ${this.number()}`).digest('hex'),
			client_ip: '192.0.2.10',
			client_status: 'on_line',
			client_type: 'drive',
			client_version: '3.5.1-16101',
			login_time: this.now(),
			last_auth_time: this.now(),
			...more,
		};
		this.connections.push(connection);
		return connection;
	}

	/** A row of the log. `type` 24 was seen for an action on a file in the web portal; no table of codes is known. */
	addLog(row: Partial<LogRow> & { username: string }): LogRow {
		const full: LogRow = {
			time: this.now(),
			client_type: 'web_portal',
			ip_address: '192.0.2.10',
			type: 24,
			s1: '',
			s2: '',
			share_name: '',
			target: 'user',
			p1: '1',
			p2: '',
			...row,
		};
		this.log.unshift(full);
		return full;
	}

	/** What a change leaves behind: a log row and pushes to the webhooks. */
	note(who: string, event_type: string, node: DriveNode): void {
		const share_name = node.view.kind === 'team' ? node.view.name : '';
		this.addLog({ username: who, s1: this.pathOf(node), share_name });
		for (const push of pushes(this.webhooks, event_type, node)) {
			const running = push.finally(() => this.pushing.delete(running));
			this.pushing.add(running);
		}
	}

	userOf(name: string): User | undefined {
		return this.nas.users.get(name);
	}

	/** A file of an upload, kept on the NAS's own disk. */
	keep(): string {
		return `${this.nas.directory('drive')}/${randomUUID()}`;
	}
}

export const driveOf = (nas: Nas): DriveState => nas.service('drive', () => new DriveState(nas));
