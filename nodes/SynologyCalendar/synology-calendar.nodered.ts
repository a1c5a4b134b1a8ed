import { calendar } from '../../src/catalog/calendar';
import { registerService } from '../../src/nodered/register';

export = registerService(calendar);
