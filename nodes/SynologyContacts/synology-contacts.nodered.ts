import { contacts } from '../../src/catalog/contacts';
import { registerService } from '../../src/nodered/register';

export = registerService(contacts);
