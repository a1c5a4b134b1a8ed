import { note } from '../../src/catalog/note';
import { registerService } from '../../src/nodered/register';

export = registerService(note);
