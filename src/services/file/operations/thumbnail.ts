import { fileAnswer } from '../../../catalog/fields';
import { operation } from '../../../catalog/operation';
import { DsmApiError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { file_path } from '../fields';
import { getThumbnail as thumbnailCall } from '../wire/files';

export const getThumbnail = operation({
	title: 'Get a thumbnail',
	summary: 'Gives a small picture of an image or video.',
	call: thumbnailCall,
	params: z.object({
		path: file_path,
		size: z
			.enum(['small', 'medium', 'large', 'original'])
			.default('small')
			.meta({ title: 'Size', description: 'Size of the picture' }),
		rotate: z.coerce.number<number | string>().int().min(0).max(4).default(0).meta({
			title: 'Quarter Turns',
			description: 'Quarter turns to rotate the picture by, clockwise',
			advanced: true,
		}),
	}),
	failed(error, { path }) {
		if (error.details.httpStatus !== 404) throw error;
		throw new DsmApiError(`There is no file "${path}", or no picture can be made of it.`, {
			dsmCode: 408,
			hint: 'Check the path; thumbnails exist for images and videos only.',
			cause: error,
		});
	},
	result: fileAnswer(),
	returns: 'file',
});
