import { messageReceived } from '../../../src/services/chat/triggers/messageReceived';
import { tellsEachOnce } from '../../support/trigger-suite';
import { stage } from './follow';

tellsEachOnce({
	trigger: messageReceived,
	given: {},
	happen: (scene, n) => stage(scene).chat.postAs('bob', n % 2 ? 'General' : 'ops', `message ${n}`).message,
	nameOf: ({ text }) => text,
	noise: (scene) => stage(scene).chat.postAs('alice', 'General', 'my own'),
	many: 120,
});
