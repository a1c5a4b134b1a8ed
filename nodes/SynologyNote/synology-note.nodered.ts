import { note } from '../../src/services/note';
import { registerService } from '../../src/nodered/register';

export = registerService(note);
