import { resource } from '../../catalog/operation';
import * as drop from './deleting';
import * as read from './reading';
import * as put from './uploading';
import * as write from './writing';

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
	keepNewest: drop.keepNewest,
	star: write.setStar,
	unstar: write.removeStar,
	listRecent: read.listRecent,
	listStarred: read.listStarred,
	listSharedWithMe: read.listSharedWithMe,
	listSharedByMe: read.listSharedByMe,
	listAncestors: read.listAncestors,
	thumbnail: read.thumbnail,
	requestAccess: write.requestAccess,
	importFromNas: write.importFromNas,
});
