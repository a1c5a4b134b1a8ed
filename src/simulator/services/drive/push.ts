import type { DriveNode, Webhook } from './types';

/** Pushes of one event: a JSON array, one event in it (drive.md 9.4). An address without a scheme is taken as HTTP. */
export function pushes(webhooks: readonly Webhook[], event_type: string, node: DriveNode): Promise<unknown>[] {
	const body = JSON.stringify([
		{
			event_type,
			file_id: node.file_id,
			permanent_link: node.permanent_link,
			file_type: node.isDir ? 'dir' : 'file',
			parent_id: node.parent?.file_id ?? '0',
		},
	]);
	return webhooks
		.filter(({ type, url, options }) => type === 'url' && url !== '' && passes(options, node))
		.map(async ({ url }) => {
			const headers = { 'Content-Type': 'application/json' };
			const target = /^https?:\/\//i.test(url) ? url : `http://${url}`;
			await fetch(target, { method: 'POST', body, headers }).catch(() => undefined);
		});
}

function passes({ filter_file_ext: extensions }: Record<string, unknown>, { name }: DriveNode): boolean {
	if (!Array.isArray(extensions) || extensions.length === 0) return true;
	return extensions.includes(name.replace(/^.*\./, '').toLowerCase());
}
