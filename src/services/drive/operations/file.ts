import { resource } from '../../../catalog/operation';
import * as drop from './fileDeleting';
import * as read from './fileReading';
import * as put from './fileUploading';
import * as write from './fileWriting';

export const files = resource('File', {
	list: read.list,
	get: read.get,
	search: read.search,
	upload: put.upload,
	updateContent: put.updateContent,
	createText: put.createText,
	download: read.download,
	downloadZip: read.downloadZip,
	exportOffice: read.exportOffice,
	convertToOffice: write.convertToOffice,
	copy: write.copy,
	move: write.move,
	rename: write.rename,
	setTimes: write.setTimes,
	delete: drop.remove,
	deleteMany: drop.removeMany,
	deleteOldest: drop.deleteOldest,
	star: write.star,
	unstar: write.unstar,
	listRecent: read.listRecent,
	listStarred: read.listStarred,
	listSharedWithMe: read.listSharedWithMe,
	listSharedByMe: read.listSharedByMe,
	listAncestors: read.listAncestors,
	downloadThumbnail: read.downloadThumbnail,
	requestAccess: write.requestAccess,
	importFromNas: write.importFromNas,
});
