import { registerService } from '../../src/nodered/register';

export = registerService('identity');
