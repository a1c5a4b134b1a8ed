import { chat } from '../../src/catalog/chat';
import { registerService } from '../../src/nodered/register';

export = registerService(chat);
