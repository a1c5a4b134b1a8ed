import type { Samples } from '../../catalog/samples';

export const samples: Samples = {
	'*': {
		task_id: 'dbid_1',
		task_ids: 'dbid_1',
		urls: 'https://files.example/release.iso',
		site_id: '1',
		keyword: 'debian',
		destination: 'home',
	},
	'task.update': { priority: 'high' },
	'station.updateSettings': { http_max_download: 500 },
	'station.updateTorrentSettings': { max_upload_rate: 50 },
	'station.updateWebSettings': { ftp_max_conn: 3 },
	'station.updateTaskSettings': { max_tasks: 3 },
	'station.updateNzbSettings': { conn_per_download: 4 },
	'station.updateExtractionSettings': { delete_archive: true },
	'station.setFeedSettings': { update_interval: 60 },
	'task.createFromPath': { path: 'docs/release.torrent' },
	'task.setFiles': { task_id: 'dbid_2', indexes: '0', wanted: false },
	'task.getTorrentLimits': { task_id: 'dbid_2' },
	'task.updateTorrentLimits': { task_id: 'dbid_2', max_upload_rate: 50 },
	'feed.addFilter': { name: 'Releases', match: '1080p' },
	'feed.removeFilter': { filter_id: '1' },
	'feed.add': { url: 'https://feed.example/other' },
	'fileList.get': { list_id: 'btdl1' },
	'fileList.start': { list_id: 'btdl1', indexes: '0' },
};
