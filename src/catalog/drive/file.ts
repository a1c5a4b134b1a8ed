import { resource } from '../operation';
import * as read from './reading';
import * as write from './writing';

export const files = resource('File', {
	list: read.list,
	get: read.get,
	search: read.search,
	upload: write.upload,
	updateContent: write.updateContent,
	createText: write.createText,
	download: read.download,
	downloadZip: read.downloadZip,
	exportOffice: read.exportOffice,
	convertToOffice: write.convertToOffice,
	copy: write.copy,
	move: write.move,
	rename: write.rename,
	setTimes: write.setTimes,
	delete: write.remove,
	deleteMany: write.removeMany,
	keepNewest: write.keepNewest,
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
