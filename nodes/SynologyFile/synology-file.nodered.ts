import { file } from '../../src/services/file';
import { registerService } from '../../src/nodered/register';

export = registerService(file);
