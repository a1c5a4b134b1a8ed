import type { SettableClock } from '../../../src/simulator';
import { download } from '../../../src/services/download';
import { downloadsOf, type DownloadState } from '../../../src/simulator/services/download/state';
import type { Scene } from '../../support/nas';

const { resources } = download;
export const tasks = resources.task.operations;
export const fileLists = resources.fileList.operations;
export const search = resources.search.operations;
export const feeds = resources.feed.operations;
export const stations = resources.station.operations;

export const state = ({ simulator }: Pick<Scene, 'simulator'>): DownloadState => downloadsOf(simulator.nas);
export const later = ({ simulator }: Scene, seconds: number): void =>
	(simulator.nas.clock as unknown as SettableClock).advance(seconds * 1000);
