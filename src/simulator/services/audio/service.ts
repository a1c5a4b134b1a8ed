import type { SimulatedService } from '../../core/service';
import { audioBehaviours } from './index';
import { audioScenes } from './life';
import { seedAudio } from './seed';
import { AUDIO_APP, audioSite } from './site';

export const audio: SimulatedService = {
	id: 'audio',
	package: { id: 'AudioStation', name: 'Audio Station', version: '7.0.2-5108', apis: ['SYNO.Audio'] },
	application: { id: AUDIO_APP, sessionName: 'AudioStation' },
	alias: 'audio',
	behaviours: audioBehaviours,
	seed: seedAudio,
	scenes: audioScenes,
	site: audioSite,
};
