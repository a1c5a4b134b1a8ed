import type { Samples } from '../../catalog/samples';

export const samples: Samples = {
	'*': { api: 'SYNO.FileStation.Info', method: 'get', version: 2 },
	'nas.checkNas': { services: ['webdav'] },
	'call.upload': {
		api: 'SYNO.FileStation.Upload',
		method: 'upload',
		params: { path: '/docs', create_parents: true, overwrite: 'overwrite' },
	},
	'call.download': { api: 'SYNO.Chat.Post.File', params: { post_id: 2 * 2 ** 32 + 4 }, version: 1 },
};
