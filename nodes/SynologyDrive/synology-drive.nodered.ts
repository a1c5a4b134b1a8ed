import { drive } from '../../src/services/drive';
import { registerService } from '../../src/nodered/register';

export = registerService(drive);
