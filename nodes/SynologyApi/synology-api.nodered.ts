import { api } from '../../src/services/api';
import { registerService } from '../../src/nodered/register';

export = registerService(api);
