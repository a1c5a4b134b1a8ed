import { chat } from '../../../src/services/chat';
import type { Scene } from '../../support/nas';
import { tellsEachOnce } from '../../support/trigger-suite';
import { stage } from './follow';

const postOf = (scene: Scene, n: number): number =>
	[...stage(scene).chat.channels.values()]
		.flatMap(({ posts }) => posts)
		.find(({ message }) => message === `message ${n}` || message === `message ${n} edited`)!.post_id;

tellsEachOnce({
	trigger: chat.triggers.messageReceived,
	given: {},
	happen: (scene, n) => stage(scene).chat.postAs('bob', n % 2 ? 'General' : 'ops', `message ${n}`).message,
	nameOf: ({ text }) => text,
	edit(scene, n) {
		stage(scene).chat.editAs('bob', postOf(scene, n), `message ${n} edited`);
		return `message ${n} edited`;
	},
	delete: (scene, n) => stage(scene).chat.deleteAs('bob', postOf(scene, n)),
	noise: (scene) => stage(scene).chat.postAs('alice', 'General', 'my own'),
	many: 120,
});
