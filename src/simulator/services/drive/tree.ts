import { createHash } from 'node:crypto';
import type { Content, DriveNode, Team, View } from './types';
import { checkName } from './content';
import { refuse } from './refusal';

const EMPTY: Content = { size: 0, hash: '' };

/** Names that differ in normal form only are the same name. */
const keyOf = (name: string): string => name.normalize('NFC');

/**
 * The views with their nodes and counters. Each mutation takes the next number of its view: the node gets it as `sync_id`, every
 * folder above as `change_id` (drive.md 9.1, 13).
 */
export class DriveTree {
	readonly views: View[] = [];
	readonly byId = new Map<string, DriveNode>();
	readonly byLink = new Map<string, DriveNode>();
	#count = 0;

	constructor(protected readonly clock: { now(): number }) {}

	/** Milliseconds. */
	clockNow(): number {
		return this.clock.now();
	}

	/** Unix seconds. */
	now(): number {
		return Math.floor(this.clock.now() / 1000);
	}

	/** The drive of a user, made on first use. */
	home(user: string): DriveNode {
		const found = this.views.find(({ kind, name }) => kind === 'home' && name === user);
		return (found ?? this.#addView('home', user, user)).root;
	}

	team(name: string): View | undefined {
		return this.views.find((view) => view.kind === 'team' && keyOf(view.name) === keyOf(name));
	}

	protected addTeam(name: string, owner: string, team: Team): View {
		const view = this.#addView('team', name, owner);
		view.team = team;
		return view;
	}

	/** Disabling a team folder deletes its view database: counters and ids start anew (drive.md 9.1, 11.3). */
	rebuild(view: View): void {
		const renew = (node: DriveNode): void => {
			this.byId.delete(node.file_id);
			node.file_id = this.#nextId();
			this.byId.set(node.file_id, node);
			node.versions = [];
			this.#touch(node);
			for (const child of node.children.values()) renew(child);
		};
		view.counter = 0;
		view.trash.clear();
		renew(view.root);
	}

	#addView(kind: View['kind'], name: string, owner: string): View {
		const view = {
			id: String(this.views.length + 1),
			kind,
			name,
			counter: 0,
			nodes: 0,
			trash: new Set<DriveNode>(),
		} as unknown as View;
		view.root = this.#make(view, undefined, '', true, owner, EMPTY, {});
		this.views.push(view);
		return view;
	}

	#nextId(): string {
		return String(785_518_539_946_631_168n + BigInt(++this.#count) * 4_099n);
	}

	#make(
		view: View,
		parent: DriveNode | undefined,
		name: string,
		isDir: boolean,
		owner: string,
		content: Content,
		times: Times,
	): DriveNode {
		const now = this.now();
		const file_id = this.#nextId();
		const letters = createHash('sha512')
			.update(`link ${this.#count}`)
			.digest('base64')
			.replace(/[^0-9A-Za-z]/g, '');
		const node: DriveNode = {
			file_id,
			permanent_link: letters.slice(0, 32),
			node_id: ++view.nodes,
			view,
			...(parent && { parent }),
			children: new Map(),
			name,
			isDir,
			content,
			sync_id: 0,
			change_id: 0,
			created_time: times.created_time ?? now,
			modified_time: times.modified_time ?? now,
			access_time: times.access_time ?? now,
			change_time: now,
			revisions: 1,
			versions: [],
			owner,
			removed: false,
			encrypted: false,
			transient: false,
			permissions: [],
		};
		this.byId.set(file_id, node);
		this.byLink.set(node.permanent_link, node);
		parent?.children.set(keyOf(name), node);
		this.#touch(node);
		this.#remember(node, owner);
		return node;
	}

	child(folder: DriveNode, name: string): DriveNode | undefined {
		return folder.children.get(keyOf(name));
	}

	/** A new node. The name must be free. */
	add(parent: DriveNode, name: string, what: { isDir: boolean; owner: string; content?: Content } & Times): DriveNode {
		checkName(name);
		if (!parent.isDir) refuse(1000, 'list node failed');
		if (this.child(parent, name)) refuse(1022, 'file operation is stopped');
		return this.#make(parent.view, parent, name, what.isDir, what.owner, what.content ?? EMPTY, what);
	}

	setContent(node: DriveNode, content: Content, editor: string, times: Times = {}): void {
		const now = this.now();
		node.content = content;
		node.modified_time = times.modified_time ?? now;
		if (times.created_time !== undefined) node.created_time = times.created_time;
		node.lastEditor = editor;
		this.#changed(node);
		this.#remember(node, editor);
	}

	rename(node: DriveNode, name: string): void {
		checkName(name);
		const { parent } = node;
		if (!parent) return refuse(1000, 'invalid arguments');
		const other = this.child(parent, name);
		if (other && other !== node) refuse(1022, 'name exists error');
		parent.children.delete(keyOf(node.name));
		node.name = name;
		parent.children.set(keyOf(name), node);
		this.#changed(node);
	}

	/** Into another folder, maybe of another view. The name must be free there. */
	move(node: DriveNode, target: DriveNode, name = node.name): void {
		const from = node.parent;
		if (!from || this.isWithin(target, node)) return refuse(1000, 'invalid arguments');
		from.children.delete(keyOf(node.name));
		node.parent = target;
		node.name = name;
		target.children.set(keyOf(name), node);
		const number = this.#changed(node, target.view);
		if (from.view === target.view) this.#bubble(from, number);
		else this.#bubble(from, ++from.view.counter);
	}

	copy(node: DriveNode, target: DriveNode, name: string, owner: string): DriveNode {
		const made = this.add(target, name, {
			isDir: node.isDir,
			owner,
			content: node.content,
			modified_time: node.modified_time,
		});
		for (const child of [...node.children.values()]) this.copy(child, made, child.name, owner);
		return made;
	}

	/** To the trash: `change_id` above grows, `max_id` does not. */
	remove(node: DriveNode): void {
		const { parent, view } = node;
		if (!parent) return refuse(1000, 'invalid arguments');
		parent.children.delete(keyOf(node.name));
		node.removed = true;
		view.trash.add(node);
		node.change_time = this.now();
		this.#bubble(parent, ++view.counter);
	}

	/** Out of the trash, to where it was; parents that are gone are taken out, too. */
	restore(node: DriveNode): void {
		const top = this.trashRoot(node);
		if (!top?.parent) return;
		if (top.parent.removed || this.trashRoot(top.parent)) this.restore(top.parent);
		const name = this.freeName(top.parent, top.name);
		top.view.trash.delete(top);
		top.removed = false;
		top.name = name;
		top.parent.children.set(keyOf(name), top);
		this.#changed(top);
	}

	purge(node: DriveNode): void {
		node.view.trash.delete(node);
		this.byId.delete(node.file_id);
		this.byLink.delete(node.permanent_link);
		for (const child of node.children.values()) this.purge(child);
	}

	/** The removed node at or above this one; undefined for living ones. */
	trashRoot(node: DriveNode): DriveNode | undefined {
		for (let at: DriveNode | undefined = node; at; at = at.parent) if (at.removed) return at;
		return undefined;
	}

	isWithin(node: DriveNode, folder: DriveNode): boolean {
		for (let at: DriveNode | undefined = node; at; at = at.parent) if (at === folder) return true;
		return false;
	}

	/** `name (1).ext` when the name is taken. */
	freeName(folder: DriveNode, name: string): string {
		const [, stem = name, extension = ''] = /^(.+?)(\.[^.]+)?$/s.exec(name) ?? [];
		let free = name;
		for (let n = 1; this.child(folder, free); n++) free = `${stem} (${n})${extension}`;
		return free;
	}

	/** Largest `sync_id` of what is there now. */
	maxId(node: DriveNode): number {
		let most = node.sync_id;
		for (const child of node.children.values()) most = Math.max(most, child.isDir ? this.maxId(child) : child.sync_id);
		return most;
	}

	/** This node and everything living below it. */
	*walk(node: DriveNode): Generator<DriveNode> {
		yield node;
		for (const child of node.children.values()) yield* this.walk(child);
	}

	/** A new version of an existing node: content, rename, move. */
	#changed(node: DriveNode, view = node.view): number {
		node.revisions += 1;
		node.change_time = this.now();
		if (view !== node.view) this.#adopt(node, view);
		return this.#touch(node);
	}

	/** Everything below goes to another view with it, and gets numbers of that view. */
	#adopt(node: DriveNode, view: View): void {
		node.view = view;
		node.node_id = ++view.nodes;
		for (const child of node.children.values()) {
			this.#adopt(child, view);
			this.#touch(child);
		}
	}

	#touch(node: DriveNode): number {
		const number = ++node.view.counter;
		node.sync_id = number;
		this.#bubble(node, number);
		return number;
	}

	#bubble(node: DriveNode, number: number): void {
		for (let at: DriveNode | undefined = node; at; at = at.parent) at.change_id = number;
	}

	#remember(node: DriveNode, editor: string): void {
		if (node.isDir) return;
		const { sync_id, modified_time, content } = node;
		const keep = node.view.team?.keep_versions ?? 8;
		node.versions.unshift({ sync_id, created_time: this.now(), modified_time, content, editor });
		node.versions.splice(Math.max(1, keep + 1));
	}
}

export interface Times {
	created_time?: number | undefined;
	modified_time?: number | undefined;
	access_time?: number | undefined;
}
