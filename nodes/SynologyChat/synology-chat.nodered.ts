import { chat } from '../../src/services/chat';
import { registerService } from '../../src/nodered/register';

export = registerService(chat);
