import type { SimulatedService } from '../../core/service';
import { fileBehaviours } from './index';
import { fileScenes } from './life';
import { seedFiles } from './seed';
import { visit } from './sharing';

export const file: SimulatedService = {
	id: 'file',
	order: 2,
	application: { id: 'SYNO.SDS.App.FileStation3.Instance', sessionName: 'FileStation' },
	alias: 'file',
	behaviours: fileBehaviours,
	seed: seedFiles,
	scenes: fileScenes,
	// The public address of a sharing link (filestation.md 3).
	pages: [{ path: /^\/sharing\/([\w-]+)$/, answer: ({ nas, parts: [, id = ''] }) => visit(nas, id) }],
};
