import { createReadStream } from 'node:fs';
import { copyFile, rename } from 'node:fs/promises';
import { extname } from 'node:path';
import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { behaviour, readablePost, type ChatCall } from './call';
import { refuse } from './refusal';
import type { Post, StoredFile } from './types';

const images = new Set(['.png', '.jpg', '.jpeg', '.gif', '.webp', '.bmp']);

/** `Post.File` (chat.md 5.5). */
export const fileBehaviours: BehaviourTable = {
	'SYNO.Chat.Post.File.get': behaviour((call) => {
		// Without parameters the real NAS answers a body that is no JSON (chat.md 1.4).
		if (call.params['post_id'] === undefined) return { html: '', status: 200 };
		return download(readablePost(call));
	}),
	// The picture itself stands in for its small version.
	'SYNO.Chat.Post.File.thumbnail': behaviour((call) => {
		const post = readablePost(call);
		return images.has(extname(post.file?.name ?? '').toLowerCase()) ? download(post) : refuse(117);
	}),
};

/** The bytes of a post; 402 for one without a file. */
export function download({ file }: Post): ApiReply {
	if (!file) return refuse(402);
	const bytes = file.path === undefined ? (file.content ?? Buffer.alloc(0)) : createReadStream(file.path);
	return { file: bytes, name: file.name, type: file.mime, size: file.size };
}

/** Takes the part named `file` of a multipart body into the NAS's folder: 101 without one, 409 when too large. */
export async function uploaded({ chat, request }: ChatCall): Promise<StoredFile> {
	const part = request.files.find(({ field }) => field === 'file') ?? refuse(101);
	if (part.size > chat.switches.maxFileSize) return refuse(409);
	const path = chat.filePath();
	// The temporary folder may lie on another volume, where a rename does not work.
	await rename(part.path, path).catch(() => copyFile(part.path, path));
	return { name: part.name, mime: part.type, size: part.size, path };
}
