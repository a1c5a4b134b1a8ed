import { api } from '../../src/catalog/api';
import { registerService } from '../../src/nodered/register';

export = registerService(api);
