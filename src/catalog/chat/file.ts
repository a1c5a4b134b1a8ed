import { fileAnswer } from '../fields';
import { operation, resource } from '../operation';
import { z } from '../../vendor/zod';
import { asNumber, post_id } from './fields';

export const download = operation({
	title: 'Download a file',
	summary: 'Gives the file that is attached to a message.',
	call: { api: 'SYNO.Chat.Post.File', method: 'get', version: 2 },
	params: z.object({ post_id }),
	request: asNumber,
	result: fileAnswer(),
	returns: 'file',
	readOnly: true,
	basis: 'capture',
});

export const files = resource('File', { download });
