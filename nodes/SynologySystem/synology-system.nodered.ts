import { system } from '../../src/services/system';
import { registerService } from '../../src/nodered/register';

export = registerService(system);
