import type { User } from '../../core/nas';
import { capabilities, reaches, roleOf } from './access';
import { displayPath } from './address';
import type { DriveState } from './state';
import type { DriveNode, Label, Permission } from './types';

const KINDS: Record<string, string> = {
	document: 'doc docx xls xlsx ppt pptx pdf txt md csv odoc osheet oslides rtf',
	image: 'jpg jpeg png gif bmp webp heic tiff svg',
	audio: 'mp3 flac wav m4a ogg aac',
	video: 'mp4 mkv mov avi webm m4v',
};

const KIND_OF = new Map(
	Object.entries(KINDS).flatMap(([kind, list]) => list.split(' ').map((extension) => [extension, kind] as const)),
);

export const extensionOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

export const contentType = ({ isDir, name }: DriveNode): string =>
	isDir ? 'dir' : (KIND_OF.get(extensionOf(name)) ?? 'file');

export const isOffice = ({ isDir, name }: DriveNode): boolean =>
	!isDir && ['odoc', 'osheet', 'oslides'].includes(extensionOf(name));

export function person(drive: DriveState, name: string): Record<string, unknown> {
	return { name, uid: drive.userOf(name)?.uid ?? 0, nickname: '', display_name: name };
}

/** FileInfo (drive.md 2.2), as the user sees it. */
export function fileInfo(drive: DriveState, user: User, node: DriveNode): Record<string, unknown> {
	const role = roleOf(user, node);
	const manages = reaches(role, 'organizer');
	const { content, link } = node;
	return {
		name: node.name,
		type: node.isDir ? 'dir' : 'file',
		content_type: contentType(node),
		file_id: node.file_id,
		parent_id: node.parent?.file_id ?? '0',
		permanent_link: node.permanent_link,
		path: drive.pathOf(node),
		display_path: displayPath(drive, user, node),
		dsm_path: '',
		size: content.size,
		hash: content.hash,
		created_time: node.created_time,
		modified_time: node.modified_time,
		access_time: node.access_time,
		change_time: node.change_time,
		sync_id: node.sync_id,
		...(!drive.switches.noChangeId && { change_id: node.change_id }),
		max_id: drive.maxId(node),
		version_id: String(node.sync_id),
		revisions: node.revisions,
		owner: person(drive, node.owner),
		...(node.lastEditor !== undefined && { last_modified_by: person(drive, node.lastEditor) }),
		capabilities: capabilities(role),
		labels: drive.labels.filter(({ owner, files }) => owner === user.name && files.has(node)).map(minLabel),
		shared: node.permissions.length > 0,
		shared_with: manages || reaches(role, 'previewer') ? node.permissions.map((one) => sharedRow(one)) : [],
		adv_shared: link !== undefined,
		starred: drive.stars.get(user.name)?.has(node) ?? false,
		encrypted: node.encrypted,
		removed: node.removed,
		sync_to_device: false,
		support_remote: false,
		transient: node.transient,
		content_snippet: '',
		disable_download: node.view.team?.disable_download ?? false,
		enable_watermark: node.view.team?.enable_watermark ?? false,
		force_watermark_download: false,
		watermark_version: 0,
		image_metadata: { time: node.modified_time },
		properties: isOffice(node) ? { object_id: `${node.node_id}_${node.permanent_link.toUpperCase()}.sh` } : {},
		app_properties: { type: 'none' },
	};
}

const minLabel = ({ label_id, name, color }: Label) => ({ label_id, name, type: 'personal_label', color });

/** In FileInfo the id is text and empty; `Sharing.list` has a number. */
const sharedRow = ({ name, type, role }: Permission) => ({
	name,
	type,
	display_name: name,
	nickname: '',
	role,
	inherited: false,
	permission_id: '',
});

export const labelRow = ({ label_id, name, color, position, update_time }: Label) => ({
	label_id,
	name,
	color,
	position,
	type: 'personal_label',
	update_time,
});

const MIME: Record<string, string> = {
	txt: 'text/plain',
	csv: 'text/csv',
	json: 'application/json',
	html: 'text/html',
	pdf: 'application/pdf',
	jpg: 'image/jpeg',
	jpeg: 'image/jpeg',
	png: 'image/png',
};

export const mimeOf = (name: string): string => {
	const extension = extensionOf(name);
	return (Object.hasOwn(MIME, extension) && MIME[extension]) || 'application/octet-stream';
};

type Sortable = 'name' | 'modified_time' | 'size' | 'owner' | 'type';

/** Rows in the order of `sort_by`; folders are not put first, since the guide does not say so. */
export function sorted(nodes: DriveNode[], by: unknown, direction: unknown): DriveNode[] {
	const value = (node: DriveNode): string | number =>
		by === 'size'
			? node.content.size
			: by === 'modified_time'
				? node.modified_time
				: by === 'owner'
					? node.owner
					: by === 'type'
						? contentType(node)
						: node.name;
	const order = [...nodes].sort((a, b) => compare(value(a), value(b)) || compare(a.name, b.name));
	return direction === 'desc' ? order.reverse() : order;
}

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);
export const SORTS: readonly Sortable[] = ['name', 'modified_time', 'size', 'owner', 'type'];
