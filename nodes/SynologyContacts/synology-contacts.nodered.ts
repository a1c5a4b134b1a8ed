import { contacts } from '../../src/services/contacts';
import { registerService } from '../../src/nodered/register';

export = registerService(contacts);
