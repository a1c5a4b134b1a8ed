import { file } from '../../src/catalog/file';
import { registerService } from '../../src/nodered/register';

export = registerService(file);
