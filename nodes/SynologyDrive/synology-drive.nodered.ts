import { drive } from '../../src/catalog/drive';
import { registerService } from '../../src/nodered/register';

export = registerService(drive);
